using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Incremental;
using CodeExec.Core.Specifications.Rules;

namespace CodeExec.Core.Specifications.Running;

/// <summary>Makes the report of a run and ends it. Repeating it finds it ended.</summary>
public sealed class FinishValidation(ValidationRuns runs, IExecutionService executions, TestResults results, ReusableResults reusable, AttemptSettling attempts, TimeProvider clock)
    : IActivity<ValidationEnd, ValidationStatus>
{
    public async Task<ValidationStatus> RunAsync(ActivityContext context, ValidationEnd input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (await runs.ReadRequestAsync(input.Id, cancellationToken) is not { } request || await runs.FindAsync(request.Tenant, input.Id, cancellationToken) is not { } run)
        {
            return ValidationStatus.Cancelled; // deleted meanwhile
        }

        ExecutionRecord? record = run.ExecutionId is { } id ? await executions.FindAsync(request.Tenant, id, cancellationToken) : null;
        ExecutionError? error = input.Error ?? (run.ExecutionId is not null && record is null
            ? new ExecutionError("execution-deleted", "The execution of its tests was deleted before they were judged. Run it again.")
            : record?.Error);
        ValidationStatus status = error is not null ? ValidationStatus.Failed
            : run.StopRequested || record?.Status == ExecutionStatus.Cancelled ? ValidationStatus.Cancelled
            : ValidationStatus.Completed;
        ComplianceReport? report = status == ValidationStatus.Completed ? await ReportAsync(request, record, cancellationToken) : null;
        if (report is not null)
        {
            await runs.WriteReportAsync(run.Id, report, cancellationToken);
        }

        DateTimeOffset now = clock.GetUtcNow();
        ValidationRun? ended = await runs.ChangeAsync(
            request.Tenant,
            run.Id,
            one => one with { Status = status, EndedAt = now, Error = error, Summary = report is null ? null : ValidationSummary.Of(report) },
            cancellationToken);
        if (ended is not null)
        {
            await attempts.SettleAsync(ended, record, cancellationToken);
        }

        return ended?.Status ?? ValidationStatus.Cancelled;
    }

    private async Task<ComplianceReport> ReportAsync(ValidationRequest request, ExecutionRecord? record, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, ValidatedTest> known = await reusable.FindAsync(request, cancellationToken);
        IReadOnlyList<TestResult> graded = record?.Grade is { } grade ? await results.LoadAsync(grade, cancellationToken) : [];
        string? compileErrors = graded.Any(result => result.Verdict == Verdict.CompileError) && record?.Compile is { } compile ? CompileText(compile) : null;
        Dictionary<string, TestResult> byId = graded.ToDictionary(result => result.Id, StringComparer.Ordinal);
        ValidatedTest[] tests =
        [
            .. request.Content.Tests.Select(test => known.GetValueOrDefault(test.Id!)
                ?? new ValidatedTest(ResultOf(test, byId, compileErrors), record?.Id.ToString())),
        ];
        return ComplianceCalculation.Make(request.Content, tests, RuleChecks.Check(request, tests));
    }

    private static TestResult ResultOf(SubmittedTest test, Dictionary<string, TestResult> byId, string? compileErrors)
        => byId.TryGetValue(test.Id!, out TestResult? result)
            ? result with { RequirementIds = test.RequirementIds ?? [], Message = result.Verdict == Verdict.CompileError ? compileErrors ?? result.Message : result.Message }
            : new TestResult
            {
                Id = test.Id!,
                Name = test.Name,
                Hidden = test.Hidden ?? false,
                Verdict = Verdict.Skipped,
                RequirementIds = test.RequirementIds ?? [],
                Message = "Was not run.",
            };

    private static string CompileText(StepResult compile) => compile.Stderr.Text.Trim() is { Length: > 0 } errors ? errors : compile.Stdout.Text.Trim();
}
