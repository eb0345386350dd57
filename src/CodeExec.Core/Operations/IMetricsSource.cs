namespace CodeExec.Core.Operations;

/// <summary>Numbers of a part of this host, read by <c>GET /metrics</c> and <c>GET /stats</c>. Cheap: no store, no waiting.</summary>
public interface IMetricsSource
{
    IEnumerable<Metric> Collect();
}
