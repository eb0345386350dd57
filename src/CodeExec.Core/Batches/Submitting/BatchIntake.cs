using CodeExec.Core.Batches.Running;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>Takes batches in: what was answered with success is durable and will be graded; of all else nothing stays.</summary>
public sealed class BatchIntake(
    BatchStore batches, BatchRules rules, BatchReceiver receiver, BatchRemoval removal, OwnProblems own, ReservedIds ids, IOrchestrationEngine engine, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(2);

    /// <exception cref="BatchRefusedException">Something is wrong with the submissions themselves: nothing was kept.</exception>
    public async Task<CreateBatchOutcome> CreateAsync(
        TenantId tenant, BatchDraft draft, IAsyncEnumerable<BatchSubmission> submissions, BatchOrigin origin, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        ArgumentNullException.ThrowIfNull(origin);
        ReservedId reserved = (await ids.ReserveAsync(tenant, KeyOf(origin.IdempotencyKey), cancellationToken))!;
        _ = BatchId.TryParse(reserved.Id, out BatchId id);
        if (reserved.IsRepeated && await batches.FindAsync(tenant, id, cancellationToken) is { } found)
        {
            return await RepeatedAsync(found.Value, draft, submissions, cancellationToken);
        }

        (CheckedBatch? fit, IReadOnlyDictionary<string, string[]> errors) = await rules.CheckAsync(tenant, id, draft, origin, cancellationToken);
        if (fit is null)
        {
            await ids.GiveBackAsync(tenant, KeyOf(origin.IdempotencyKey), reserved);
            return new CreateBatchOutcome.Invalid(errors);
        }

        if (!await batches.CreateAsync(fit.Batch, cancellationToken))
        {
            return new CreateBatchOutcome.Busy(LookAgain); // the same key, in this very moment
        }

        try
        {
            return new CreateBatchOutcome.Accepted(await ReceiveAsync(fit, draft, submissions, cancellationToken));
        }
        catch
        {
            await removal.RemoveAsync(fit.Batch, CancellationToken.None);
            throw;
        }
    }

    /// <summary>What has come in under a key and will be graded; null: nothing.</summary>
    public async Task<BatchId?> FindKnownAsync(TenantId tenant, string idempotencyKey, CancellationToken cancellationToken)
        => await ids.FindAsync(tenant, KeyOf(idempotencyKey)!, cancellationToken) is { } reserved
            && BatchId.TryParse(reserved, out BatchId id)
            && await batches.FindAsync(tenant, id, cancellationToken) is { Value.State: not BatchState.Receiving }
            ? id
            : null;

    /// <summary>As <see cref="ReservedIds"/> knows it.</summary>
    internal static IdempotencyKey? KeyOf(string? key) => key is null ? null : new IdempotencyKey($"batches {key}", "batch");

    /// <summary>Repeating it is harmless.</summary>
    internal static Task StartAsync(IOrchestrationEngine engine, Batch batch, IReadOnlyList<int>? shards, CancellationToken cancellationToken)
        => engine.StartAsync(
            BatchActivities.Orchestration,
            BatchActivities.InstanceOf(batch),
            new BatchStart(batch.Tenant, batch.Id, shards ?? [.. Enumerable.Range(0, batch.Shards)], batch.Concurrency, batch.Runs, RequeuedFirst: true)
            {
                StartAt = batch.Runs == 1 && batch.StartAt > batch.CreatedAt ? batch.StartAt : null,
            },
            null,
            cancellationToken);

    private async Task<BatchSummary> ReceiveAsync(CheckedBatch fit, BatchDraft draft, IAsyncEnumerable<BatchSubmission> submissions, CancellationToken cancellationToken)
    {
        Batch batch = fit.Batch;
        Problem? tests = fit.Own is { } mine ? await own.StoreAsync(batch.Tenant, mine.Draft, mine.Checked, cancellationToken) : null;
        (int total, string fingerprint) = await receiver.ReceiveAsync(batch, draft, submissions, cancellationToken);
        Batch ready = await batches.ChangeAsync(
            batch.Tenant,
            batch.Id,
            one => one.MoveTo(one.WorkingState(clock.GetUtcNow()), clock.GetUtcNow()) with
            {
                Total = total,
                Runs = 1,
                ProblemFingerprint = tests?.Fingerprint ?? one.ProblemFingerprint,
                Fingerprint = one.IdempotencyKey is null ? null : fingerprint,
            },
            cancellationToken) ?? throw new BatchRefusedException("The batch was deleted while it came in.");
        ShardTally tally = await batches.TallyAsync(ready.Id, cancellationToken);
        await StartAsync(engine, ready, null, cancellationToken);
        return BatchSummary.Of(ready, tally, clock.GetUtcNow());
    }

    private async Task<CreateBatchOutcome> RepeatedAsync(Batch found, BatchDraft draft, IAsyncEnumerable<BatchSubmission> submissions, CancellationToken cancellationToken)
    {
        if (found.State == BatchState.Receiving)
        {
            return new CreateBatchOutcome.Busy(LookAgain);
        }

        if (found.Fingerprint != await BatchFingerprint.OfAsync(draft, submissions, cancellationToken))
        {
            return new CreateBatchOutcome.KeyConflict();
        }

        if (!found.State.IsFinal())
        {
            await StartAsync(engine, found, null, cancellationToken); // it may have been stored and not begun
        }

        return new CreateBatchOutcome.Repeated(BatchSummary.Of(found, await batches.TallyAsync(found, cancellationToken), clock.GetUtcNow()));
    }
}
