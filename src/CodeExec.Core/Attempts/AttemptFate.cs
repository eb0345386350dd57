using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Core.Attempts;

/// <summary>What has become of an attempt's work.</summary>
public enum AttemptFate
{
    /// <summary>There is none, or not yet.</summary>
    Unknown,
    Going,
    Counts,
    IsFree,
}

/// <summary>The one table of what counts. What we failed to do is never charged.</summary>
internal static class AttemptFates
{
    public static AttemptFate Of(ExecutionRecord record, CountedAttempt attempt)
        => !record.Status.IsFinal() ? AttemptFate.Going
            : record.Error is not null || record.Outcome is ExecutionOutcome.InternalError || record.Grade?.Score.Verdict is Verdict.CheckerError or Verdict.InternalError ? AttemptFate.IsFree
            : record is { Status: ExecutionStatus.Cancelled, StartedAt: null } ? AttemptFate.IsFree
            : !attempt.CountsCompileErrors && (record.Outcome is ExecutionOutcome.CompileFailed || record.Grade?.Score.Verdict == Verdict.CompileError) ? AttemptFate.IsFree
            : !attempt.CountsFormatErrors && record.Grade?.Score.Verdict == Verdict.PresentationError ? AttemptFate.IsFree
            : AttemptFate.Counts;

    /// <param name="record">What ran its tests, if anything did.</param>
    public static AttemptFate Of(ValidationRun run, ExecutionRecord? record, CountedAttempt attempt)
        => !run.Status.IsFinal() ? AttemptFate.Going
            : run.Error is not null ? AttemptFate.IsFree
            : record is not null ? Of(record, attempt)
            : run.Status == ValidationStatus.Cancelled ? AttemptFate.IsFree
            : AttemptFate.Counts;
}
