using System.Runtime.CompilerServices;
using CodeExec.Containers.Aci.Following;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Sending;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci;

/// <summary>A group that has started, with a runner that waits for its one job.</summary>
internal sealed class WaitingContainer(Group group, string? isolation, RunnerFeed feed, JobGiver giver, SentEvents sent, GroupEnd end, GroupSize size, TimeProvider clock) : IContainer
{
    private readonly CancellationTokenSource _disposing = new();
    private Task<RunnerEvent?>? _next;
    private bool _jobEnded;
    private int _disposed;

    public string Id => group.Name;

    public ContainerSpec Spec => group.Spec;

    public string? Isolation => isolation;

    public bool IsAlive => _next is { IsCompleted: false } && clock.GetUtcNow() < group.BeginsBefore;

    public TimeSpan Lag => TimeSpan.FromMinutes(1);

    /// <summary>While it waits its runner says nothing more: anything that comes is its end.</summary>
    public void BeginToListen() => _next = feed.ReadAsync(_disposing.Token).AsTask();

    public async IAsyncEnumerable<RunnerEvent> RunAsync(Job job, ContainerLimits limits, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        size.Require(job, limits);
        if (_next is { IsCompleted: true })
        {
            throw new ContainerLostException($"Container group {group.Name} ended while it waited, or spoke before it had a job.", outOfMemory: false);
        }

        Job linked = await sent.LinkAsync(group, job, limits, cancellationToken);
        feed.Expect(job);
        feed.FillFrom(linked.Link is null ? null : sent);
        await giver.GiveAsync(group.Name, RunnerEvents.LineOf(linked), cancellationToken);
        await foreach (RunnerEvent received in end.FollowAsync(group, ReceiveAsync, cancellationToken))
        {
            _jobEnded = received is JobEndedEvent;
            yield return received;
        }
    }

    /// <summary>Nobody hears it: the way in is closed once the job has come. A job that needs it is refused.</summary>
    public ValueTask<bool> SendAsync(RunnerCommand command, CancellationToken cancellationToken) => new(false);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            await _disposing.CancelAsync();
            if (_next is { } next)
            {
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // what it would have brought, nobody asks any more
            }

            await feed.DisposeAsync();
            await end.EndAsync(group, _jobEnded);
            _disposing.Dispose();
        }
    }

    private async ValueTask<RunnerEvent?> ReceiveAsync(CancellationToken cancellationToken)
    {
        if (_next is not { } next)
        {
            return await feed.ReadAsync(cancellationToken);
        }

        RunnerEvent? received = await next.WaitAsync(cancellationToken);
        _next = null;
        return received;
    }
}
