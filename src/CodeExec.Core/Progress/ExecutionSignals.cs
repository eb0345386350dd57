using System.Collections.Concurrent;
using CodeExec.Core.Executions;

namespace CodeExec.Core.Progress;

/// <summary>
/// Tells waiting viewers in this process that an execution has news. Carries no data: who is woken reads the store. A wake-up may
/// be spurious, none is lost when the caller takes the signal before it reads.
/// </summary>
public sealed class ExecutionSignals
{
    private readonly ConcurrentDictionary<ExecutionId, TaskCompletionSource> _waiting = new();

    /// <summary>A task that ends at the next <see cref="Notify"/> for this execution. Take it, then read, then await it.</summary>
    public Task Next(ExecutionId id)
        => _waiting.GetOrAdd(id, static _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Notify(ExecutionId id)
    {
        if (_waiting.TryRemove(id, out TaskCompletionSource? waiting))
        {
            waiting.TrySetResult();
        }
    }
}
