using System.Runtime.CompilerServices;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Core.Executions.Running.Leaving;

/// <summary>Gives a container its job and follows it. Where the container outlives its host, a run that was left is taken up, and may be left again.</summary>
public sealed class JobFollower(LeftRuns left)
{
    /// <summary>So much is kept in memory until it is written.</summary>
    private const long PartBytes = 1 << 20;

    private const int AboutAnEvent = 200;

    /// <param name="begun">What is known of a run that begins now.</param>
    /// <param name="found">The run to go on with, in <paramref name="container"/>.</param>
    /// <exception cref="RunLeftException">Somebody asked to leave it (<see cref="RunningExecution.LeaveAsync"/>), or this process ends, and it could be left.</exception>
    /// <inheritdoc cref="IContainer.RunAsync"/>
    public IAsyncEnumerable<RunnerEvent> RunAsync(
        RunningExecution entry, ExecutionId id, IContainer container, ExecutionPlan plan, LeftRun begun, FoundRun? found, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(container);
        ArgumentNullException.ThrowIfNull(plan);
        return container is ILastingContainer lasting
            ? FollowAsync(entry, id, lasting, plan, found?.Run ?? begun, isNew: found is null, cancellationToken)
            : container.RunAsync(plan.Job, plan.Limits, cancellationToken);
    }

    private async IAsyncEnumerable<RunnerEvent> FollowAsync(
        RunningExecution entry, ExecutionId id, ILastingContainer container, ExecutionPlan plan, LeftRun run, bool isNew, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (isNew)
        {
            await left.WriteAsync(id, run, cancellationToken);
            await container.StartAsync(plan.Job, plan.Limits, cancellationToken);
        }

        KnownEvents known = new();
        await foreach (RunnerEvent kept in left.EventsAsync(id, run, cancellationToken))
        {
            known.Add(kept);
            yield return kept;
        }

        List<RunnerEvent> fresh = [];
        long bytes = 0;
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, entry.Leaving);
        await using IAsyncEnumerator<RunnerEvent> events = container.FollowAsync(known, either.Token).GetAsyncEnumerator(CancellationToken.None);
        entry.CanBeLeft = true;
        while (await NextAsync(events, entry, cancellationToken) is { } received)
        {
            entry.FollowedTo = received.Sequence;
            fresh.Add(received);
            bytes += SizeOf(received);
            if (bytes > PartBytes)
            {
                run = await left.AddAsync(id, run, fresh, cancellationToken);
                fresh.Clear();
                bytes = 0;
            }

            yield return received;
            if (received is JobEndedEvent)
            {
                entry.CanBeLeft = false;
                yield break;
            }
        }

        run = await left.AddAsync(id, run, fresh, CancellationToken.None); // this process may be about to end
        throw new RunLeftException(run.FollowedTo);
    }

    /// <returns>Null when the run is to be left.</returns>
    /// <exception cref="ContainerLostException">There is no next event.</exception>
    private static async ValueTask<RunnerEvent?> NextAsync(IAsyncEnumerator<RunnerEvent> events, RunningExecution entry, CancellationToken cancellationToken)
    {
        try
        {
            return await events.MoveNextAsync() ? events.Current : throw new ContainerLostException("The container's events ended before its job did.", outOfMemory: false);
        }
        catch (OperationCanceledException) when (entry.Leaving.IsCancellationRequested && !cancellationToken.IsCancellationRequested
            || entry.Following.IsCancellationRequested && !entry.Stopped.IsCancellationRequested)
        {
            return null;
        }
    }

    private static long SizeOf(RunnerEvent received) => AboutAnEvent + received switch
    {
        OutputEvent output => output.Data.Length,
        FileEvent file => file.Data.Length,
        _ => 0,
    };
}
