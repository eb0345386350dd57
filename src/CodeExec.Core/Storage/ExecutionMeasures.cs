using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Core.Storage;

/// <summary>The numbers of an ended execution that every store counts in the same way.</summary>
public static class ExecutionMeasures
{
    /// <summary>From acceptance, or the time that was asked for, to the end, as the client felt it; null while it has not ended.</summary>
    public static double? DurationMs(ExecutionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Duration?.TotalMilliseconds;
    }

    /// <summary>Of a graded execution, before its verdict.</summary>
    public const string VerdictPrefix = "verdict/";

    /// <summary>What metrics count beside successes: the error's type, or the verdict of a graded execution. Null for neither: it has not ended, or ended well.</summary>
    public static string? EndingOf(ExecutionRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record switch
        {
            { Status: ExecutionStatus.Completed, Outcome: ExecutionOutcome.Graded graded } => VerdictPrefix + Grading.Verdicts.Name(graded.Verdict),
            { Status: ExecutionStatus.Completed } => null,
            _ when !record.Status.IsFinal() => null,
            { Outcome: ExecutionOutcome.Exited } => "exited",
            { Outcome: ExecutionOutcome.Signalled } => "signalled",
            { Outcome: ExecutionOutcome.LimitExceeded exceeded } => "limitExceeded/" + JsonNamingPolicy.CamelCase.ConvertName(exceeded.Limit.ToString()),
            { Outcome: ExecutionOutcome.CompileFailed } => "compileFailed",
            { Outcome: ExecutionOutcome.Graded { Verdict: Grading.Verdict.CheckerError } } => "checkerError",
            { Outcome: ExecutionOutcome.Cancelled } or { Status: ExecutionStatus.Cancelled } => "cancelled",
            _ => "internalError",
        };
    }

    /// <summary>Where in an ascending list of so many numbers a percentile stands (nearest rank), counted from 0.</summary>
    public static long RankOf(int percentile, long count) => Math.Max(0, ((count * percentile) + 99) / 100 - 1);
}
