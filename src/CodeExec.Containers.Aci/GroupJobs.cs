using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci;

/// <summary>What can be done with a group that has a job, or is about to have one.</summary>
internal sealed class GroupJobs(ArmGroups arm, SentEvents sent, GroupEnd end, IOptions<AciOptions> options, TimeProvider clock, ILogger<GroupJobs> logger)
{
    private readonly AciOptions _options = options.Value;

    /// <inheritdoc cref="GroupJob.AnnounceAsync"/>
    public Task AnnounceAsync(Group group, CancellationToken cancellationToken)
        => arm.TagAsync(group.Name, group.Room.Region.Name, GroupTags.Of(group, _options.HostName), cancellationToken);

    public AttendedFeed Listen(Group group, KnownEvents known)
    {
        AttendedFeed feed = new(new RunnerFeed(group, known, arm, _options.LookEvery, clock, logger));
        feed.FillFrom(sent.AreOf(group.Spec) ? sent : null);
        return feed;
    }

    public IAsyncEnumerable<RunnerEvent> FollowAsync(Group group, AttendedFeed feed, CancellationToken cancellationToken) => end.FollowAsync(group, feed.ReadAsync, cancellationToken);

    public Task EndAsync(Group group, bool jobEnded) => end.EndAsync(group, jobEnded);
}
