using CodeExec.Core.Executions;

namespace CodeExec.Api.Status;

/// <param name="Active">Executions that are worked on now, of all tenants.</param>
/// <param name="Queued">Executions that wait for their turn.</param>
/// <param name="Delayed">Executions that are not yet due. Where the engine can not tell, they are among the queued.</param>
/// <param name="Executions">All that are stored, by status.</param>
/// <param name="LastHour">The caller's own, ended within the last hour.</param>
/// <param name="Queues">About how many messages wait, by queue.</param>
/// <param name="Pool">Numbers of the container pool and other parts, by name.</param>
internal sealed record StatsView(
    int Active,
    int Queued,
    int Delayed,
    IReadOnlyDictionary<string, long> Executions,
    LastHourView LastHour,
    EngineView Engine,
    IReadOnlyDictionary<string, double> Pool,
    int Viewers,
    ProcessView Process,
    IReadOnlyDictionary<string, long> Queues);

internal sealed record LastHourView(long Total, double SuccessRate, Percentiles DurationMs);

internal sealed record EngineView(IReadOnlyDictionary<string, int> Pending, IReadOnlyDictionary<string, int> Active, IReadOnlyDictionary<string, int> RunningActivities);

internal sealed record ProcessView(string Version, DateTimeOffset StartedAt, long UptimeMs, long CpuMs, long MemoryBytes, long ManagedMemoryBytes, int Threads);
