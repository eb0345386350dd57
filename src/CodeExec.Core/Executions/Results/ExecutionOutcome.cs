using System.Text.Json.Serialization;

namespace CodeExec.Core.Executions.Results;

/// <summary>What the user's program did (or, last, what we failed to do).</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Exited), "exited")]
[JsonDerivedType(typeof(Signalled), "signalled")]
[JsonDerivedType(typeof(LimitExceeded), "limitExceeded")]
[JsonDerivedType(typeof(CompileFailed), "compileFailed")]
[JsonDerivedType(typeof(Graded), "graded")]
[JsonDerivedType(typeof(Cancelled), "cancelled")]
[JsonDerivedType(typeof(InternalError), "internalError")]
public abstract record ExecutionOutcome
{
    private ExecutionOutcome()
    {
    }

    public sealed record Exited(int Code) : ExecutionOutcome;

    public sealed record Signalled(int Signal) : ExecutionOutcome;

    public sealed record LimitExceeded(ResourceLimit Limit) : ExecutionOutcome;

    public sealed record CompileFailed(int? ExitCode) : ExecutionOutcome;

    /// <summary>It was judged, well or not.</summary>
    public sealed record Graded(Grading.Verdict Verdict) : ExecutionOutcome;

    public sealed record Cancelled : ExecutionOutcome;

    public sealed record InternalError : ExecutionOutcome;

    public ExecutionStatus ToStatus() => this switch
    {
        Exited { Code: 0 } => ExecutionStatus.Completed,
        Graded { Verdict: Grading.Verdict.InternalError or Grading.Verdict.CheckerError } => ExecutionStatus.Failed,
        Graded => ExecutionStatus.Completed,
        LimitExceeded { Limit: ResourceLimit.WallTime or ResourceLimit.CpuTime } => ExecutionStatus.Timeout,
        Cancelled => ExecutionStatus.Cancelled,
        _ => ExecutionStatus.Failed,
    };
}
