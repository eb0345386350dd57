using CodeExec.Core.Executions;

namespace CodeExec.Core.Progress;

/// <summary>Tells those who wait in this process that an execution has news, or has ended.</summary>
public sealed class ExecutionSignals
{
    private readonly Signals<ExecutionId> _news = new();
    private readonly Signals<ExecutionId> _ends = new();

    /// <summary>How many executions somebody watches or waits for.</summary>
    public int Watched => _news.Count + _ends.Count;

    /// <summary>Is woken by each <see cref="Notify"/> for this execution.</summary>
    public SignalWatch<ExecutionId> Watch(ExecutionId id) => _news.Watch(id);

    /// <summary>The same for <see cref="NotifyEnd"/>: who only waits for the end is not woken by every line of output.</summary>
    public SignalWatch<ExecutionId> WatchEnd(ExecutionId id) => _ends.Watch(id);

    public void Notify(ExecutionId id) => _news.Notify(id);

    /// <summary>It has ended, or is gone. Its viewers are told too.</summary>
    public void NotifyEnd(ExecutionId id)
    {
        _ends.Notify(id);
        _news.Notify(id);
    }
}
