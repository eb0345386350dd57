using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Incremental;

namespace CodeExec.Core.Specifications.Running;

/// <summary>
/// Runs the tests of a run as one graded execution and waits for its end, but for no longer than a slice: false if it goes on. Repeating it finds
/// the execution that it began.
/// </summary>
public sealed class RunValidation(ValidationRuns runs, IExecutionService executions, ReusableResults reusable, TimeProvider clock) : IActivity<string, bool>
{
    /// <summary>Far below what a host of functions gives one of them.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMinutes(2);

    public async Task<bool> RunAsync(ActivityContext context, string input, CancellationToken cancellationToken)
    {
        if (await runs.ReadRequestAsync(input, cancellationToken) is not { } request)
        {
            return true; // deleted meanwhile
        }

        ValidationRun run = NewRun(input, request);
        await runs.CreateAsync(run, cancellationToken); // its acceptance may have ended before it came to this
        DateTimeOffset now = clock.GetUtcNow();
        run = await runs.ChangeAsync(request.Tenant, input, one => one with { Status = ValidationStatus.Running, StartedAt = one.StartedAt ?? now }, cancellationToken) ?? run;
        if (run.ExecutionId is null)
        {
            HashSet<string> known = new((await reusable.FindAsync(request, cancellationToken)).Keys, StringComparer.Ordinal);
            SpecificationContent left = request.Content.WithTests(test => !known.Contains(test.Id!));
            if (left.Tests.Count == 0 || run.StopRequested)
            {
                return true;
            }

            ExecutionId began = await SubmitAsync(input, request, left, cancellationToken);
            run = await runs.ChangeAsync(request.Tenant, input, one => one with { ExecutionId = began }, cancellationToken) ?? run with { ExecutionId = began };
        }

        ExecutionId id = run.ExecutionId!.Value;
        if (run.StopRequested)
        {
            await executions.StopAsync(request.Tenant, id, cancellationToken);
        }

        ExecutionRecord? record = await executions.WaitAsync(request.Tenant, id, Slice, cancellationToken);
        return record is null || record.Status.IsFinal(); // null: somebody deleted the execution
    }

    public static ValidationRun NewRun(string id, ValidationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new()
        {
            Id = id,
            Tenant = request.Tenant,
            Subject = request.Subject,
            Status = ValidationStatus.Queued,
            Language = request.Program.Language!,
            Student = request.Program.Student,
            Attempt = request.Attempt,
            CreatedAt = request.CreatedAt,
            ComparedWith = request.CompareWith,
        };
    }

    private async Task<ExecutionId> SubmitAsync(string id, ValidationRequest request, SpecificationContent left, CancellationToken cancellationToken)
    {
        Submission graded = request.Program with
        {
            Suite = left.Suite,
            Labels = new Dictionary<string, string>(request.Program.Labels ?? new Dictionary<string, string>(), StringComparer.Ordinal) { ["validation"] = id },
        };
        return await executions.SubmitAsync(request.Tenant, graded, new IdempotencyKey($"validation:{id}", id), cancellationToken) switch
        {
            SubmitOutcome.Accepted accepted => accepted.Record.Id,
            SubmitOutcome.Repeated repeated => repeated.Record.Id,
            SubmitOutcome.Busy busy => throw new EngineBusyException("execution", 0, busy.RetryAfter),
            SubmitOutcome.Invalid invalid => throw new ValidationRefusedException(invalid.Errors),
            var other => throw new InvalidOperationException($"The submission of run {id} was answered with {other}."),
        };
    }
}
