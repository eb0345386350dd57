using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>A group that has started, with a runner that waits for its one job. While it waits that runner says nothing: anything that comes is its end.</summary>
internal sealed class WaitingContainer(Group group, string? isolation, AttendedFeed feed, GroupJob job, JobGiver giver, GroupSize size, TimeProvider clock) : ILastingContainer
{
    private bool _given;

    public string Id => group.Id.ToString();

    public ContainerSpec Spec => group.Spec;

    public string? Isolation => isolation;

    public bool IsAlive => !_given && !feed.HasSpoken && clock.GetUtcNow() < group.BeginsBefore;

    public TimeSpan Lag => GroupSize.UsualLag;

    public async Task StartAsync(Job given, ContainerLimits limits, CancellationToken cancellationToken)
    {
        size.Require(given, limits);
        if (feed.HasSpoken)
        {
            throw new ContainerLostException($"Container group {group.Name} ended while it waited, or spoke before it had a job.", outOfMemory: false);
        }

        _given = true;
        Task announced = job.AnnounceAsync(cancellationToken);
        try
        {
            await giver.GiveAsync(group.Name, RunnerEvents.LineOf(given), announced, cancellationToken);
        }
        finally
        {
            await announced.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // who gives has heard of it, or has a reason of its own
        }
    }

    public IAsyncEnumerable<RunnerEvent> FollowAsync(long after, CancellationToken cancellationToken) => job.FollowAsync(after, cancellationToken);

    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job given, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await StartAsync(given, limits, cancellationToken);
        await foreach (RunnerEvent received in FollowAsync(0, cancellationToken))
        {
            yield return received;
        }
    }

    /// <summary>Nobody hears it: the way in is closed once the job has come. A job that needs it is refused.</summary>
    public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => new(false);

    public ValueTask DisposeAsync() => job.DisposeAsync();
}
