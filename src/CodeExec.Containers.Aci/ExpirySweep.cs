using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Containers.Aci.Sending;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>
/// Looks at all groups, whoever made them: removes those that have outlived their end, for a host that crashed may never come back, and
/// counts the others, and what was made lately, for all hosts share Azure's limits.
/// </summary>
internal sealed class ExpirySweep(ArmGroups arm, GroupRemover remover, RegionChoice regions, SentEvents sent, IOptions<AciOptions> options, TimeProvider clock, ILogger<ExpirySweep> logger) : BackgroundService
{
    /// <summary>Once.</summary>
    public async Task SweepAsync(CancellationToken cancellationToken)
    {
        await remover.SettleAsync();
        await Task.WhenAll(regions.All.Select(room => room.RefreshAsync(cancellationToken)));
        (RegionRoom Room, IReadOnlyList<string> Groups)[] known = [.. regions.All.Select(room => (room, room.Groups))];
        List<GroupState> groups = await arm.ListAsync(cancellationToken).ToListAsync(cancellationToken);
        foreach ((RegionRoom room, IReadOnlyList<string> before) in known)
        {
            room.Compare(before, groups.Where(group => string.Equals(group.Region, room.Region.Name, StringComparison.OrdinalIgnoreCase)).Select(group => group.Name).ToHashSet(StringComparer.Ordinal));
        }

        int removed = await remover.RemoveOutlivedAsync(groups);
        if (removed > 0)
        {
            logger.Reaped(removed);
        }

        await sent.SweepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using PeriodicTimer timer = new(options.Value.SweepEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await SweepAsync(stoppingToken);
            }
            catch (AciException e)
            {
                logger.NotReaped(e.Message);
            }
        }
    }
}
