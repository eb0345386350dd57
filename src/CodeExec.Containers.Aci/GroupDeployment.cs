using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>From a wish to a group whose runner has said its first word.</summary>
internal sealed class GroupDeployment(
    GroupMaker maker, GroupStart start, GroupEnd end, GroupJobs jobs, RegionChoice regions, JobGiver giver, SentEvents sent, GroupSize size, ArmGroups arm, IOptions<AciOptions> options, TimeProvider clock, ILogger<GroupDeployment> logger)
{
    /// <summary>A group that is made for this one job.</summary>
    /// <exception cref="ContainerUnavailableException">Nothing runs, and nothing is left.</exception>
    public async Task<GroupJob> DeployForAsync(ReadOnlyMemory<byte> job, ContainerSpec spec, GroupId id, CancellationToken cancellationToken)
    {
        (Group group, RunnerFeed feed) = await DeployAsync(spec, job, id, cancellationToken);
        return new GroupJob(group, new AttendedFeed(feed), jobs);
    }

    /// <summary>A group that waits for a job.</summary>
    /// <param name="id">What a new one is to be called; null if that is all the same.</param>
    /// <exception cref="ContainerUnavailableException">Nothing runs, and nothing is left.</exception>
    public async Task<WaitingContainer> DeployWaitingAsync(ContainerSpec spec, GroupId? id, CancellationToken cancellationToken)
    {
        (Group group, RunnerFeed feed) = await DeployAsync(spec, job: null, id, cancellationToken);
        while (feed.HasMore)
        {
            // A runner that waits says nothing but that. What else its logs have is its group's last execution, and nobody else's business.
            await feed.DisposeAsync();
            await end.EndAsync(group, jobEnded: false);
            logger.SaidTooMuch(group.Name);
            if (group.Uses == 1)
            {
                throw new ContainerUnavailableException($"The runner in container group {group.Name} spoke before it had a job.");
            }

            (group, feed) = await DeployAsync(spec, job: null, id, cancellationToken);
        }

        AttendedFeed attended = new(feed);
        attended.BeginToListen();
        return new WaitingContainer(group, regions.WeaknessIn(group.Room, spec), attended, new GroupJob(group, attended, jobs), giver, sent, size, clock);
    }

    /// <summary>A group that was deployed by this host or another, and given a job.</summary>
    /// <returns>Null if it is gone, or has another job or none.</returns>
    /// <exception cref="AciException">It can not be told now.</exception>
    public async Task<FoundContainer?> FindAsync(GroupId id, ContainerSpec spec, CancellationToken cancellationToken)
    {
        if (await arm.FindAsync(id.Name, cancellationToken) is not { } state || !GroupTags.IsMarked(state, id))
        {
            return null;
        }

        Group group = Group.Found(id, spec, regions.Of(state.Region), state);
        return group.JobBeganAt is null || group.HasBegunAgain(state)
            ? null
            : new FoundContainer(group, regions.WeaknessIn(group.Room, spec), new GroupJob(group, heard: null, jobs), size);
    }

    private async Task<(Group Group, RunnerFeed Feed)> DeployAsync(ContainerSpec spec, ReadOnlyMemory<byte>? job, GroupId? id, CancellationToken cancellationToken)
    {
        Group group = await maker.DeployAsync(spec, job, id, cancellationToken);
        RunnerFeed feed = new(group, new KnownEvents(), arm, options.Value.LookEvery, clock, logger);
        try
        {
            await start.WaitAsync(group, feed, cancellationToken);
            return (group, feed);
        }
        catch
        {
            await feed.DisposeAsync();
            await end.EndAsync(group, jobEnded: false);
            throw;
        }
    }
}
