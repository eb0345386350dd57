using System.Globalization;
using System.Text;
using CodeExec.Core.Operations;

namespace CodeExec.Api.Status;

/// <summary>Metrics in Prometheus' text format, version 0.0.4.</summary>
internal static class PrometheusText
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private const string Prefix = "codeexec_";

    private static readonly string[] HistogramParts = ["_bucket", "_sum", "_count"];

    public static string Write(IEnumerable<Metric> metrics)
    {
        StringBuilder text = new();
        foreach (IGrouping<string, Metric> family in metrics.GroupBy(FamilyOf))
        {
            Metric first = family.First();
            text.Append(CultureInfo.InvariantCulture, $"# HELP {Prefix}{family.Key} {first.Help.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\n");
            text.Append(CultureInfo.InvariantCulture, $"# TYPE {Prefix}{family.Key} {TypeOf(first.Kind)}\n");
            foreach (Metric metric in family)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Prefix}{metric.Name}{LabelsOf(metric)} {metric.Value.ToString("R", CultureInfo.InvariantCulture)}\n");
            }
        }

        return text.ToString();
    }

    private static string FamilyOf(Metric metric)
        => metric.Kind == MetricKind.Histogram && HistogramParts.FirstOrDefault(part => metric.Name.EndsWith(part, StringComparison.Ordinal)) is { } part
            ? metric.Name[..^part.Length]
            : metric.Name;

    private static string TypeOf(MetricKind kind) => kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.Histogram => "histogram",
        _ => "gauge",
    };

    private static string LabelsOf(Metric metric)
        => metric.Labels.Count == 0 ? "" : $"{{{string.Join(',', metric.Labels.Select(label => $"{label.Name}=\"{Escape(label.Value)}\""))}}}";

    private static string Escape(string value)
        => value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
