using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>What the dispatcher must know of a call, without its type.</summary>
internal interface IOpenActivity
{
    HistoryEvent Scheduled { get; }

    ActivityOptions? Options { get; }

    TryFailure? LastFailure { get; }

    /// <summary>The number of the next try in this life of the host: above that of any try that may have started in an earlier one.</summary>
    int AttemptIn(long epoch);

    void TryFailed(HistoryEvent recorded);
}

internal sealed class OpenActivity<T>(HistoryEvent scheduled, ActivityOptions? options) : OpenTask<T>(scheduled), IOpenActivity
{
    private int _nextAttempt = 1;
    private long _sinceEpoch = scheduled.Epoch;

    public ActivityOptions? Options { get; } = options;

    public TryFailure? LastFailure { get; private set; }

    public int AttemptIn(long epoch) => _nextAttempt + (int)(epoch - _sinceEpoch);

    public void TryFailed(HistoryEvent recorded)
    {
        LastFailure = EngineJson.Read<TryFailure>(recorded.Payload);
        _nextAttempt = LastFailure.Attempt + 1;
        _sinceEpoch = recorded.Epoch;
    }

    protected override Exception Wrap(FailureDetails failure) => new ActivityFailedException(Scheduled.Name!, failure);
}

internal sealed class OpenSubOrchestration<T>(HistoryEvent scheduled, string instanceId) : OpenTask<T>(scheduled), IOpenSubOrchestration
{
    public string InstanceId { get; } = instanceId;

    protected override Exception Wrap(FailureDetails failure) => new SubOrchestrationFailedException(InstanceId, failure);
}

internal interface IOpenSubOrchestration
{
    string InstanceId { get; }

    HistoryEvent Scheduled { get; }
}

internal sealed class OpenTimer(HistoryEvent scheduled) : OpenTask<bool>(scheduled)
{
    public DateTimeOffset FireAt { get; } = EngineJson.ReadTime(scheduled.Payload!);

    public override void Complete(string? json) => base.Complete("true");

    protected override Exception Wrap(FailureDetails failure) => new InvalidOperationException(failure.Message);
}
