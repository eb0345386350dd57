using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>Deploys groups: one that rests if there is one, else a new one in the first region that has room. What it gives back has been accepted by Azure, and is not running yet.</summary>
internal sealed class GroupMaker(
    ArmGroups arm, GroupRecipe recipe, RegionChoice regions, RestingGroups resting, GroupRemover remover, IOptions<AciOptions> options, TimeProvider clock, ILogger<GroupMaker> logger)
{
    private readonly AciOptions _options = options.Value;

    /// <param name="job">The line for the runner, if the group is made for that one job.</param>
    /// <exception cref="ContainerUnavailableException">Nothing was made, and nothing is left.</exception>
    /// <param name="id">What a new group is to be called; null if that is all the same.</param>
    public async Task<Group> DeployAsync(ContainerSpec spec, ReadOnlyMemory<byte>? job, GroupId? id, CancellationToken cancellationToken)
    {
        if (job is null && await TryAgainAsync(spec, cancellationToken) is { } again)
        {
            return again;
        }

        await remover.SettleAsync();
        long begun = clock.GetTimestamp();
        while (true)
        {
            foreach (RegionRoom room in regions.For(spec))
            {
                if (await TryCreateAsync(id ?? GroupId.New(), spec, room, job, cancellationToken) is { } made)
                {
                    return made;
                }
            }

            await UntilThereIsRoomAsync(spec, begun, cancellationToken);
        }
    }

    private async Task<Group?> TryAgainAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        while (resting.TryTake(spec) is { } group)
        {
            try
            {
                group.DeployAgain(clock.GetUtcNow());
                await arm.StartAsync(group.Name, cancellationToken);
                logger.DeployedAgain(group.Name, group.Uses);
                return group;
            }
            catch (AciException e)
            {
                logger.NotDeployedAgain(group.Name, e.Message);
                await remover.RemoveAsync(group);
            }
            catch (OperationCanceledException)
            {
                await remover.RemoveAsync(group);
                throw;
            }
        }

        return null;
    }

    private async Task<Group?> TryCreateAsync(GroupId id, ContainerSpec spec, RegionRoom room, ReadOnlyMemory<byte>? job, CancellationToken cancellationToken)
    {
        if (room.IsFullOfGroups)
        {
            await resting.MakeRoomAsync(room);
        }

        if (!await room.TryTakeAsync(id.Name, cancellationToken))
        {
            return null;
        }

        DateTimeOffset now = clock.GetUtcNow();
        Group group = new(id, spec, room, now, now + _options.LongestLife, now + (_options.LongestLife / 2));
        try
        {
            RemainingCreations left = await arm.CreateAsync(group.Name, recipe.For(group, job), cancellationToken);
            room.HasMade(group.Name);
            await room.LearnAsync(left, cancellationToken);
            logger.Created(group.Name, room.Region.Name);
            return group;
        }
        catch (AciNoRoomException e)
        {
            room.Leave(id.Name);
            await room.CloseAsync(e.RetryAfter, cancellationToken);
            logger.NoRoom(room.Region.Name, e.Message, room.Wait);
            return null;
        }
        catch (AciException e) when (e is AciRefusedException or AciNotFoundException)
        {
            room.Leave(id.Name);
            throw new ContainerUnavailableException(e.Message, e);
        }
        catch (AciException e)
        {
            await remover.RemoveAsync(group); // whether it was made, nobody knows
            throw new ContainerUnavailableException(e.Message, e);
        }
        catch
        {
            await remover.RemoveAsync(group);
            throw;
        }
    }

    private async Task UntilThereIsRoomAsync(ContainerSpec spec, long begun, CancellationToken cancellationToken)
    {
        TimeSpan wait = regions.For(spec).Min(room => room.Wait);
        TimeSpan left = _options.QuotaPatience - clock.GetElapsedTime(begun);
        if (left <= TimeSpan.Zero || wait > left)
        {
            TimeSpan retryAfter = wait > TimeSpan.Zero ? wait : _options.LookEvery;
            throw new ContainerUnavailableException($"No region has room for another container group: the quotas of creations or groups are spent. There may be room in {retryAfter.TotalSeconds:0} s.") { RetryAfter = retryAfter };
        }

        await Task.Delay(wait > TimeSpan.Zero ? wait : _options.LookEvery, clock, cancellationToken);
    }
}
