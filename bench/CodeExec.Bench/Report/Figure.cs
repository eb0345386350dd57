namespace CodeExec.Bench.Report;

/// <summary>One number for machines: what <c>--json</c> writes.</summary>
internal sealed record Figure(string Name, double Value, string Unit);
