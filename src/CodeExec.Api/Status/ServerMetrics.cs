using CodeExec.Api.Live;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations;
using CodeExec.Core.Orchestration;

namespace CodeExec.Api.Status;

/// <summary>What every host knows of itself: executions by status, the engine's queue, viewers, the process.</summary>
internal sealed class ServerMetrics(IExecutionStore executions, IOrchestrationEngine engine, HubViewers viewers, ServerLife life, QueueLengths queues, IEnumerable<IMetricsSource> sources)
{
    public async Task<IReadOnlyList<Metric>> CollectAsync(CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<ExecutionStatus, long> counts = await executions.CountByStatusAsync(cancellationToken);
        EngineStats stats = engine.GetStats();
        ProcessView process = life.View();
        return
        [
            .. Enum.GetValues<ExecutionStatus>().Select(status => new Metric(
                "executions", "Stored executions by status.", MetricKind.Gauge, counts.GetValueOrDefault(status), new MetricLabel("status", StatusNames.Of(status)))),
            .. ByName("orchestrations_pending", "Accepted orchestrations that have not begun.", "orchestration", stats.Pending),
            .. ByName("orchestrations_active", "Orchestrations that have begun and not ended.", "orchestration", stats.Active),
            .. ByName("activities_running", "Activities that run now.", "activity", stats.RunningActivities),
            .. (await queues.CountAsync(cancellationToken)).Select(queue => new Metric("queue_messages", "Messages that wait, about; in a poison queue until somebody looks.", MetricKind.Gauge, queue.Value, new MetricLabel("queue", queue.Key))),
            new("hub_viewers", "Connections of the live hub.", MetricKind.Gauge, viewers.Count),
            new("process_uptime_seconds", "Time since this process began to serve.", MetricKind.Gauge, process.UptimeMs / 1000.0),
            new("process_cpu_seconds_total", "CPU time of this process.", MetricKind.Counter, process.CpuMs / 1000.0),
            new("process_resident_memory_bytes", "Memory of this process.", MetricKind.Gauge, process.MemoryBytes),
            .. sources.SelectMany(source => source.Collect()),
        ];
    }

    private static IEnumerable<Metric> ByName(string name, string help, string label, IReadOnlyDictionary<string, int> values)
        => values.Select(pair => new Metric(name, help, MetricKind.Gauge, pair.Value, new MetricLabel(label, pair.Key)));
}
