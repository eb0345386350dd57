using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>From a wish to a group whose runner has said its first word.</summary>
internal sealed class GroupDeployment(
    ArmGroups arm, GroupMaker maker, GroupStart start, GroupEnd end, RegionChoice regions, JobGiver giver, SentEvents sent, GroupSize size, IOptions<AciOptions> options, TimeProvider clock, ILogger<GroupDeployment> logger)
{
    /// <param name="job">The runner's, if the group is made for that one.</param>
    /// <exception cref="ContainerUnavailableException">Nothing runs, and nothing is left.</exception>
    public async Task<(Group Group, RunnerFeed Feed)> DeployAsync(ContainerSpec spec, Job? job, CancellationToken cancellationToken)
    {
        Group group = await maker.DeployAsync(spec, job is null ? default(ReadOnlyMemory<byte>?) : RunnerEvents.LineOf(job), cancellationToken);
        RunnerFeed feed = new(group.Name, arm, options.Value.LookEvery, clock, logger);
        if (job is not null)
        {
            feed.Expect(job); // it may be over before anybody listens
        }

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

    /// <exception cref="ContainerUnavailableException">Nothing runs, and nothing is left.</exception>
    public async Task<WaitingContainer> DeployWaitingAsync(ContainerSpec spec, CancellationToken cancellationToken)
    {
        (Group group, RunnerFeed feed) = await DeployAsync(spec, job: null, cancellationToken);
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

            (group, feed) = await DeployAsync(spec, job: null, cancellationToken);
        }

        WaitingContainer container = new(group, regions.WeaknessIn(group.Room, spec), feed, giver, sent, end, size, clock);
        container.BeginToListen();
        return container;
    }
}
