using CodeExec.Bench.Report;

namespace CodeExec.Bench.Scenarios;

internal sealed record ScenarioResult(Table Table, IReadOnlyList<Figure> Figures);
