namespace CodeExec.Core.Orchestration;

/// <summary>The client's side of a durable engine. What a method has returned survives a crash of the process.</summary>
public interface IOrchestrationEngine
{
    /// <summary>Starts an instance. Repeating it with the same id is harmless, whatever became of the instance: the first start counts.</summary>
    /// <returns>False if the id was known already.</returns>
    /// <exception cref="EngineBusyException">Nothing was started; trying again later is safe.</exception>
    Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken);

    Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken);

    /// <summary>Sends an event. One that comes before it is awaited is kept; one to an instance that has ended or does not exist does nothing.</summary>
    /// <returns>False if there was nobody to send it to.</returns>
    Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken);

    /// <summary>Ends an instance without giving it a say (its finally blocks do not run). Prefer an event. Its sub-orchestrations are terminated too.</summary>
    Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken);

    /// <summary>Forgets an instance that has ended, with its history.</summary>
    /// <returns>False if it is unknown or has not ended.</returns>
    Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Waits until the instance has ended; null if it does not exist.</summary>
    Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken);

    /// <summary>Numbers for /stats and /metrics.</summary>
    EngineStats GetStats();
}

/// <param name="Priority">Higher goes first among those that wait.</param>
public sealed record StartOptions(int Priority = 0);

public enum InstanceState
{
    /// <summary>Accepted and durable, not yet begun.</summary>
    Pending,
    Running,
    Completed,
    Failed,
    Terminated,

    /// <summary>Parked: its code does not fit its history, or cannot be run. See <see cref="InstanceStatus.Failure"/>; it goes on after a restart with mended code.</summary>
    Suspended,
}

/// <param name="Output">JSON.</param>
/// <param name="CustomStatus">JSON.</param>
public sealed record InstanceStatus(
    string InstanceId,
    string Orchestration,
    InstanceState State,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Output,
    string? CustomStatus,
    FailureDetails? Failure)
{
    public bool HasEnded => State is InstanceState.Completed or InstanceState.Failed or InstanceState.Terminated;
}

public sealed record InstanceQuery(InstanceState? State = null, string? Orchestration = null, int Limit = 100, string? Cursor = null);

public sealed record InstancePage(IReadOnlyList<InstanceStatus> Items, string? Cursor);

/// <param name="Pending">By orchestration: accepted, not begun.</param>
/// <param name="Active">By orchestration: begun, not ended.</param>
/// <param name="RunningActivities">By activity.</param>
public sealed record EngineStats(IReadOnlyDictionary<string, int> Pending, IReadOnlyDictionary<string, int> Active, IReadOnlyDictionary<string, int> RunningActivities);
