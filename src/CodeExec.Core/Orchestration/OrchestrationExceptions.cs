namespace CodeExec.Core.Orchestration;

/// <summary>What is kept of an exception in a history: enough to decide and to explain, no live object.</summary>
public sealed record FailureDetails(string ErrorType, string Message, FailureDetails? Inner = null)
{
    public static FailureDetails From(Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return new(exception.GetType().FullName ?? exception.GetType().Name, exception.Message, exception.InnerException is { } inner ? From(inner) : null);
    }
}

/// <summary>An activity failed for good. The orchestration may catch it and decide.</summary>
public sealed class ActivityFailedException(string activity, FailureDetails failure)
    : Exception($"Activity '{activity}' failed: {failure?.Message}")
{
    public string Activity { get; } = activity;

    public FailureDetails Failure { get; } = failure!;
}

/// <summary>A sub-orchestration failed or was terminated. The orchestration may catch it and decide.</summary>
public sealed class SubOrchestrationFailedException(string instanceId, FailureDetails failure)
    : Exception($"Sub-orchestration '{instanceId}' failed: {failure?.Message}")
{
    public string InstanceId { get; } = instanceId;

    public FailureDetails Failure { get; } = failure!;
}

/// <summary>
/// The code decided otherwise than the history says it did: a clock, an id or I/O in an orchestration, or a release that changed it.
/// The instance stays as it is until the code is mended; see docs/operations.md.
/// </summary>
public sealed class NonDeterminismException(string instanceId, string recorded, string decided)
    : Exception($"Instance '{instanceId}' is not deterministic: its history has {recorded}, the code now decides {decided}. Keep clocks, ids and I/O out of the orchestration, or give a changed orchestration a new name.")
{
    public string InstanceId { get; } = instanceId;
}

/// <summary>Nothing was started: too much is waiting already. Trying again after <see cref="RetryAfter"/> is safe.</summary>
public sealed class EngineBusyException(string orchestration, int limit, TimeSpan retryAfter)
    : Exception($"{limit} instances of '{orchestration}' are waiting already; try again in {retryAfter.TotalSeconds:0} s.")
{
    public string Orchestration { get; } = orchestration;

    public TimeSpan RetryAfter { get; } = retryAfter;
}
