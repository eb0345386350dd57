using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Problems.Checks;

/// <summary>The ends of a check: what it found is kept, its version may be used or not, and what it ran is forgotten.</summary>
public sealed class CheckEnding(ProblemChecks checks, ProblemStates states, CheckRuns runs, TimeProvider clock)
{
    internal async Task<CheckStatus> EndAsync(CheckWork work, CheckReport report, CancellationToken cancellationToken)
    {
        int errors = report.Findings.Count(finding => finding.IsError);
        await checks.WriteReportAsync(work.Check, report, cancellationToken);
        await MoveAsync(work.Check, errors == 0 ? ProblemState.Ready : ProblemState.Broken, work.Suite, cancellationToken);
        CheckStatus status = errors == 0 ? CheckStatus.Passed : CheckStatus.Failed;
        return await EndAsync(work.Check, one => one with { Status = status, Errors = errors, Warnings = report.Findings.Count - errors }, cancellationToken);
    }

    internal async Task<CheckStatus> GiveUpAsync(ProblemCheck check, ExecutionError error, CancellationToken cancellationToken)
    {
        await MoveAsync(check, ProblemState.Broken, null, cancellationToken);
        return await EndAsync(check, one => one with { Status = CheckStatus.Error, Error = error }, cancellationToken);
    }

    /// <summary>Repeating it is harmless.</summary>
    internal Task ForgetRunsAsync(ProblemCheck ended, CancellationToken cancellationToken) => runs.ForgetAsync(ended, cancellationToken);

    /// <summary>No version names it (any more).</summary>
    internal async Task<CheckStatus> CancelAsync(ProblemCheck check, CancellationToken cancellationToken)
    {
        await runs.ForgetAsync(check, cancellationToken);
        await checks.DeleteAsync(check.Tenant, check.Id, cancellationToken);
        return CheckStatus.Cancelled;
    }

    private async Task<CheckStatus> EndAsync(ProblemCheck check, Func<ProblemCheck, ProblemCheck> end, CancellationToken cancellationToken)
    {
        DateTimeOffset at = clock.GetUtcNow();
        ProblemCheck? ended = await checks.ChangeAsync(check.Tenant, check.Id, one => end(one) with { EndedAt = at }, cancellationToken);
        await ForgetRunsAsync(ended ?? check, cancellationToken); // after its end is written: a repeated step would take them for removed by somebody
        return ended?.Status ?? CheckStatus.Cancelled;
    }

    // Only one that is being checked moves: what was once ready stays so, and another check may have taken the place of this one.
    private Task<Problem?> MoveAsync(ProblemCheck check, ProblemState state, TestSuite? whole, CancellationToken cancellationToken)
        => states.ChangeAsync(
            check.Tenant,
            check.Problem.Id,
            check.Problem.Version,
            problem => problem.CheckId != check.Id || problem.State != ProblemState.Checking ? null : problem with
            {
                State = state,
                Incomplete = problem.Incomplete && state != ProblemState.Ready,
                SuiteBlob = check.SuiteBlob ?? problem.SuiteBlob, // its author may look at what was made, also if it is broken
                Tests = whole is null ? problem.Tests : problem.Tests with { DataBytes = TestSuites.SizeOf(whole) },
            },
            cancellationToken);
}
