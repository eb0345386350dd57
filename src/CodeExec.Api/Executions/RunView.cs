using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;

namespace CodeExec.Api.Executions;

/// <summary>One of several runs of a program.</summary>
internal sealed record RunView(double WallMs, double CpuMs, long MemoryBytes)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ExitCode { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Signal { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResourceLimit? Limit { get; init; }

    /// <summary>Of graded work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Verdict? Verdict { get; init; }

    /// <returns>Null where the program was run once.</returns>
    public static IReadOnlyList<RunView>? Of(IReadOnlyList<RunFigures>? runs) => runs is null ? null : [.. runs.Select(run => new RunView(Math.Round(run.WallMs, 3), Math.Round(run.CpuMs, 3), run.MemoryBytes)
    {
        ExitCode = run.ExitCode,
        Signal = run.Signal,
        Limit = run.Limit,
        Verdict = run.Verdict,
    })];

    /// <inheritdoc cref="Of"/>
    public static long? PeakOf(IReadOnlyList<RunFigures>? runs) => runs?.Max(run => run.MemoryBytes);
}
