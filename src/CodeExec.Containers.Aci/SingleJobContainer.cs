using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>A group that is made when its job is known, with the job as a file in it. Until then it is nothing and costs nothing.</summary>
internal sealed class SingleJobContainer(ContainerSpec spec, string? isolation, GroupMaker maker, GroupStart start, Func<Group, RunnerFeed> follow, GroupEnd end, GroupSize size, TimeSpan lag) : IContainer
{
    private Group? _group;
    private RunnerFeed? _feed;
    private int _disposed;

    public string Id => _group?.Name ?? "not made yet";

    public ContainerSpec Spec => spec;

    public string? Isolation => isolation;

    public bool IsAlive => _disposed == 0;

    public TimeSpan Lag => lag;

    /// <exception cref="ContainerUnavailableException">Nothing was run.</exception>
    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        size.Require(limits);
        Group group = _group = await maker.DeployAsync(spec, RunnerEvents.LineOf(job), cancellationToken);
        RunnerFeed feed = _feed = follow(group);
        await start.WaitAsync(group, feed, cancellationToken);
        bool jobEnded = false;
        while (!jobEnded)
        {
            RunnerEvent? received = await feed.ReadAsync(cancellationToken);
            switch (received)
            {
                case null:
                    throw await end.ExplainAsync(group, "", null);
                case FaultEvent fault:
                    throw await end.ExplainAsync(group, fault.Message, null);
                default:
                    jobEnded = received is JobEndedEvent;
                    yield return received;
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            if (_feed is not null)
            {
                await _feed.DisposeAsync();
            }

            if (_group is not null)
            {
                await end.EndAsync(_group, jobEnded: false);
            }
        }
    }
}
