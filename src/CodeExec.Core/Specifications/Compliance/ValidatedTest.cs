using CodeExec.Core.Grading;

namespace CodeExec.Core.Specifications.Compliance;

/// <param name="ExecutionId">What ran it; null when nothing was run.</param>
/// <param name="ReusedFrom">The earlier run whose result this is, because nothing that it depends on has changed.</param>
public sealed record ValidatedTest(TestResult Result, string? ExecutionId = null, string? ReusedFrom = null)
{
    public bool Passed => Result.Verdict == Verdict.Accepted;

    public ValidatedTest ForSubmitter() => this with { Result = Result.ForSubmitter(), ExecutionId = Result.Hidden ? null : ExecutionId };
}
