namespace CodeExec.Core.Executions.Results;

/// <summary>An outcome in words, for the feed.</summary>
public static class OutcomeText
{
    public static string For(ExecutionOutcome outcome) => outcome switch
    {
        ExecutionOutcome.Exited { Code: 0 } => "Completed",
        ExecutionOutcome.Exited exited => $"Failed with exit code {exited.Code}",
        ExecutionOutcome.Signalled signalled => $"Failed: ended by signal {signalled.Signal}",
        ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.WallTime } => "Ended at its time limit",
        ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.CpuTime } => "Ended at its CPU time limit",
        ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.FileSize } => "Failed: a file came to its size limit",
        ExecutionOutcome.LimitExceeded exceeded => $"Failed: ended at its {exceeded.Limit.ToString().ToLowerInvariant()} limit",
        ExecutionOutcome.CompileFailed => "Failed to compile",
        ExecutionOutcome.Graded { Verdict: Grading.Verdict.CheckerError } => "Failed: a checker failed",
        ExecutionOutcome.Graded { Verdict: not Grading.Verdict.InternalError } graded => $"Graded: {Grading.Verdicts.Name(graded.Verdict)}",
        ExecutionOutcome.Cancelled => "Cancelled",
        _ => "Failed: the service could not run it",
    };
}
