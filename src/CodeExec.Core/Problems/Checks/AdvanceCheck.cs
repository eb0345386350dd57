using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Takes a check one step on, or waits a while for what is at work. Repeating it goes on where it was.</summary>
public sealed class AdvanceCheck(
    ProblemChecks checks, ProblemCatalog problems, ProblemBlobs blobs, TestSuites suites, CheckEnding ending, MakeInputs inputs, MakeAnswers answers, JudgeProblem judging, TimeProvider clock)
    : IActivity<CheckStart, CheckStatus>
{
    /// <summary>How long a check waits for the version that it is of: it is started first.</summary>
    private static readonly TimeSpan UntilThere = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(100);

    public async Task<CheckStatus> RunAsync(ActivityContext context, CheckStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await checks.FindAsync(input.Tenant, input.Id, cancellationToken) is not { } check)
        {
            return CheckStatus.Cancelled;
        }

        if (check.Status.IsFinal())
        {
            await ending.ForgetRunsAsync(check, cancellationToken); // a crash may have come before that
            return check.Status;
        }

        if (await problems.FindAsync(input.Tenant, input.Problem.Id, input.Problem.Version, cancellationToken) is not { } problem || problem.CheckId != check.Id)
        {
            if (clock.GetUtcNow() - check.CreatedAt > UntilThere)
            {
                return await ending.CancelAsync(check, cancellationToken);
            }

            await Task.Delay(LookAgain, clock, cancellationToken);
            return CheckStatus.Running;
        }

        CheckWork work = new(
            check,
            problem,
            await blobs.ReadKitAsync(problem, cancellationToken),
            await suites.LoadAsync(new GradingSpec { SuiteBlob = check.SuiteBlob ?? problem.SuiteBlob }, cancellationToken));
        CheckStage stage = problem.Incomplete ? check.Stage : CheckStage.Judging;
        CheckStep? step = stage switch
        {
            CheckStage.Inputs => await inputs.RunAsync(work, cancellationToken),
            CheckStage.Answers => await answers.RunAsync(work, cancellationToken),
            _ => await judging.RunAsync(work, cancellationToken),
        };
        if (step is null)
        {
            return CheckStatus.Running;
        }

        if (stage == CheckStage.Judging || step.Report.Findings.Any(finding => finding.IsError))
        {
            return await ending.EndAsync(work, step.Report, cancellationToken);
        }

        string? made = step.Suite is { } suite ? await blobs.StoreAsync(input.Tenant, problem.Id, suite, cancellationToken) : check.SuiteBlob;
        await checks.ChangeAsync(input.Tenant, check.Id, one => one with { Status = CheckStatus.Running, Stage = stage + 1, SuiteBlob = made }, cancellationToken);
        return CheckStatus.Running;
    }
}

/// <summary>Ends a check that could not be done, whatever the reason was.</summary>
public sealed class GiveUpCheck(ProblemChecks checks, CheckEnding ending) : IActivity<CheckGivenUp, CheckStatus>
{
    public async Task<CheckStatus> RunAsync(ActivityContext context, CheckGivenUp input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        ExecutionError error = new("check-failed", $"The problem could not be checked, after several tries: {input.Reason}");
        return await checks.FindAsync(input.Check.Tenant, input.Check.Id, cancellationToken) is { } check ? await ending.GiveUpAsync(check, error, cancellationToken) : CheckStatus.Cancelled;
    }
}
