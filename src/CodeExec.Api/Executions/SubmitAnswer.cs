using CodeExec.Api.Problems;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Api.Executions;

internal static class SubmitAnswer
{
    /// <returns>The execution that was accepted, now or under the same key before.</returns>
    /// <exception cref="RequestRefusedException">Nothing was accepted.</exception>
    public static ExecutionRecord RecordOrRefuse(this SubmitOutcome outcome) => outcome switch
    {
        SubmitOutcome.Accepted accepted => accepted.Record,
        SubmitOutcome.Repeated repeated => repeated.Record,
        SubmitOutcome.Invalid invalid => throw new RequestRefusedException(Problem.Invalid(invalid.Errors)),
        SubmitOutcome.Busy busy => throw new RequestRefusedException(Problem.Busy(busy.RetryAfter)),
        SubmitOutcome.NoAttempt none => throw new RequestRefusedException(Problem.NoAttempt(none.Standing)),
        _ => throw new RequestRefusedException(Problem.KeyConflict()),
    };
}
