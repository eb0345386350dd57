using CodeExec.Core.Attempts;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications.Running;

/// <summary>Checks implementations against what was specified. What is accepted is durable and comes to exactly one end.</summary>
public sealed class ValidationService(SpecificationValidator validator, ValidationRuns runs, ReservedIds ids, AttemptLedger attempts, IOrchestrationEngine engine, TimeProvider clock)
{
    private const int LookedAt = 20;

    public async Task<StartOutcome> StartAsync(TenantId tenant, ValidationOrder order, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (validator.Check(order.Program, order.Content, out IReadOnlyDictionary<string, string[]> errors) is not { } program)
        {
            return new StartOutcome.Invalid(errors);
        }

        if (order is { Attempts: not null, By: SubmittedBy.Participant, Program.Student: null })
        {
            return new StartOutcome.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { ["student"] = [AttemptGate.NameTheStudent] });
        }

        if (await ids.ReserveAsync(tenant, key, cancellationToken) is not { } reserved)
        {
            return new StartOutcome.KeyConflict();
        }

        if (reserved.IsRepeated && await runs.FindAsync(tenant, reserved.Id, cancellationToken) is { } earlier)
        {
            return new StartOutcome.Accepted(earlier);
        }

        (bool mayTry, CountedAttempt? attempt, AttemptStanding? standing) = await AttemptAsync(tenant, order, reserved.Id, cancellationToken);
        if (!mayTry)
        {
            await ids.ReleaseAsync(tenant, key, CancellationToken.None);
            return new StartOutcome.NoAttempt(standing!);
        }

        ValidationRequest request = new()
        {
            Tenant = tenant,
            Subject = order.Subject,
            CreatedAt = clock.GetUtcNow(),
            Attempt = attempt,
            Program = program,
            Content = order.Content,
            CompareWith = await CompareWithAsync(tenant, order, program, cancellationToken),
        };
        await runs.WriteRequestAsync(reserved.Id, request, cancellationToken);
        try
        {
            await engine.StartAsync(ValidationActivities.Orchestration, ValidationActivities.InstanceId(reserved.Id), reserved.Id, null, cancellationToken);
        }
        catch (EngineBusyException e)
        {
            if (!reserved.IsRepeated) // else it is that of somebody who may have got through in this very moment
            {
                // Refused is refused: nothing of it stays.
                await runs.DeleteBlobsAsync(reserved.Id, CancellationToken.None);
                await ReleaseAsync(tenant, attempt);
                await ids.ReleaseAsync(tenant, key, CancellationToken.None);
            }

            return new StartOutcome.Busy(e.RetryAfter);
        }

        ValidationRun run = RunValidation.NewRun(reserved.Id, request);
        await runs.CreateAsync(run, cancellationToken);
        return new StartOutcome.Accepted(await runs.FindAsync(tenant, run.Id, cancellationToken) ?? run, standing);
    }

    // Under the id that stands for the idempotency key: a repeated request is the same attempt.
    private async Task<(bool MayTry, CountedAttempt? Attempt, AttemptStanding? Standing)> AttemptAsync(TenantId tenant, ValidationOrder order, string id, CancellationToken cancellationToken)
    {
        if (order is not { Attempts: { } rules, Program.Student: { } student, Subject.ChallengeId: { } challenge })
        {
            return (true, null, null);
        }

        AttemptSubject subject = new(tenant, AttemptKind.Challenge, challenge);
        Attempt wanted = new() { Id = id, At = clock.GetUtcNow(), Work = id };
        (Attempt? attempt, _, AttemptStanding standing) = await attempts.TakeAsync(subject, student, rules, wanted, cancellationToken);
        return attempt is null ? (false, null, standing) : (true, CountedAttempt.Of(attempt, subject, student, rules), standing);
    }

    private Task ReleaseAsync(TenantId tenant, CountedAttempt? attempt)
        => attempt is null ? Task.CompletedTask : attempts.ReleaseAsync(new(tenant, attempt.Kind, attempt.Subject), attempt.Student, attempt.Id, CancellationToken.None);

    public async Task<ValidationRun?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => FieldRules.IsId(id) ? await runs.FindAsync(tenant, id, cancellationToken) : null;

    /// <summary>Waits until the run has ended, at most for <paramref name="limit"/>.</summary>
    /// <returns>As it is then; null if there is none.</returns>
    public async Task<ValidationRun?> WaitAsync(TenantId tenant, string id, TimeSpan limit, CancellationToken cancellationToken)
    {
        if (limit > TimeSpan.Zero && await FindAsync(tenant, id, cancellationToken) is { } run && !run.Status.IsFinal())
        {
            using CancellationTokenSource deadline = new(limit, clock);
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
            try
            {
                await engine.WaitForEndAsync(ValidationActivities.InstanceId(id), either.Token);
            }
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
            {
                // One last look.
            }
        }

        return await FindAsync(tenant, id, cancellationToken);
    }

    /// <summary>Asks for the end of a run. Repeating it is harmless.</summary>
    /// <returns>The run as it was found; null if there is none.</returns>
    public async Task<ValidationRun?> StopAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is { } run && !run.Status.IsFinal())
        {
            await engine.RaiseEventAsync(ValidationActivities.InstanceId(id), ValidationActivities.StopEvent, "", cancellationToken);
            return run;
        }

        return await FindAsync(tenant, id, cancellationToken);
    }

    private async Task<string?> CompareWithAsync(TenantId tenant, ValidationOrder order, Submission program, CancellationToken cancellationToken)
    {
        if (order.CompareWith is { } named)
        {
            return await FindAsync(tenant, named, cancellationToken) is { Status: ValidationStatus.Completed } ? named : null;
        }

        if (!order.Incremental || order.Subject.Indexes().LastOrDefault() is not { Id: { } subject } index)
        {
            return null;
        }

        IReadOnlyList<ValidationRun> newest = await runs.ListAsync(tenant, index.Kind, subject, LookedAt, null, cancellationToken);
        return newest.FirstOrDefault(run => run.Status == ValidationStatus.Completed && run.Language == program.Language)?.Id;
    }
}
