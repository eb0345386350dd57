using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Operations;

namespace CodeExec.Server.Operations;

internal sealed class PoolMetrics(ContainerPool pool) : IMetricsSource
{
    public IEnumerable<Metric> Collect()
    {
        PoolStats stats = pool.GetStats();
        yield return new("pool_running_containers", "Containers with a job.", MetricKind.Gauge, stats.Running);
        yield return new("pool_running_containers_limit", "Containers that may have a job at once.", MetricKind.Gauge, stats.MaxRunning);
        yield return new("pool_waiting_executions", "Executions that wait for the right to run.", MetricKind.Gauge, stats.Waiting);
        yield return new("pool_making_containers", "Containers that are being made ahead of a request.", MetricKind.Gauge, stats.Making);
        foreach ((string language, int ready) in stats.ReadyByLanguage)
        {
            yield return new("pool_ready_containers", "Containers that wait for a job.", MetricKind.Gauge, ready, new MetricLabel("language", language));
        }

        yield return new("pool_found_total", "Requests that found a container ready.", MetricKind.Counter, stats.Found);
        yield return new("pool_missed_total", "Requests for which a container had to be made.", MetricKind.Counter, stats.Missed);
    }
}
