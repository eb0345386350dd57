using System.Collections.Concurrent;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Progress;

/// <summary>
/// Tells those who wait in this process that an execution has news, or has ended. Carries no data: who is woken reads the store. A wake-up may
/// be spurious, none is lost when the caller takes the signal before it reads.
/// </summary>
public sealed class ExecutionSignals
{
    private readonly ConcurrentDictionary<ExecutionId, TaskCompletionSource> _news = new();
    private readonly ConcurrentDictionary<ExecutionId, TaskCompletionSource> _ends = new();

    /// <summary>A task that ends at the next <see cref="Notify"/> for this execution. Take it, then read, then await it.</summary>
    public Task Next(ExecutionId id) => WaitFor(_news, id);

    /// <summary>The same for <see cref="NotifyEnd"/>: who only waits for the end is not woken by every line of output.</summary>
    public Task NextEnd(ExecutionId id) => WaitFor(_ends, id);

    public void Notify(ExecutionId id) => Wake(_news, id);

    /// <summary>It has ended, or is gone. Its viewers are told too.</summary>
    public void NotifyEnd(ExecutionId id)
    {
        Wake(_ends, id);
        Wake(_news, id);
    }

    private static Task WaitFor(ConcurrentDictionary<ExecutionId, TaskCompletionSource> waiting, ExecutionId id)
        => waiting.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    private static void Wake(ConcurrentDictionary<ExecutionId, TaskCompletionSource> waiting, ExecutionId id)
    {
        if (waiting.TryRemove(id, out TaskCompletionSource? found))
        {
            found.TrySetResult();
        }
    }
}
