namespace CodeExec.Core.Operations;

/// <summary>One number with its name.</summary>
/// <param name="Name">Snake case with its unit and without a prefix: "pool_ready_cells", "recovered_executions_total".</param>
/// <param name="Help">One sentence.</param>
public sealed record Metric(string Name, string Help, MetricKind Kind, double Value, params IReadOnlyList<MetricLabel> Labels);

public sealed record MetricLabel(string Name, string Value);

public enum MetricKind
{
    /// <summary>Goes up and down.</summary>
    Gauge,

    /// <summary>Only goes up; its name ends with "_total".</summary>
    Counter,

    /// <summary>
    /// A part of a histogram: the name ends with "_bucket" (and has a label "le"), "_sum" or "_count", and the three stand together.
    /// </summary>
    Histogram,
}
