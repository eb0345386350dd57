using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches;

/// <summary>All that can be done with batches that are there.</summary>
public sealed class BatchService(BatchStore batches, BatchIntake intake, BatchRemoval removal, BatchControl control, GradeOverrides overrides, IOrchestrationEngine engine, TimeProvider clock)
{
    private const int PageOfBatches = 100, MostLookedAt = 2000;

    /// <returns>Null if there is none, or if it is another tenant's.</returns>
    public async Task<BatchSummary?> FindAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
        => (await batches.FindAsync(tenant, id, cancellationToken))?.Value is { } batch ? await SummaryAsync(batch, cancellationToken) : null;

    /// <summary>Newest first.</summary>
    public async Task<BatchPage> ListAsync(BatchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        List<BatchSummary> found = [];
        string? after = query.Cursor;
        for (int looked = 0; looked < MostLookedAt; looked += PageOfBatches)
        {
            IReadOnlyList<Batch> page = await batches.ListAsync(query.Tenant, after, PageOfBatches, cancellationToken);
            foreach (Batch batch in page.Where(query.Fits))
            {
                if (found.Count == query.Limit)
                {
                    return new BatchPage(found, found[^1].Batch.Id.ToString());
                }

                found.Add(await SummaryAsync(batch, cancellationToken));
            }

            if (page.Count < PageOfBatches)
            {
                return new BatchPage(found, null);
            }

            after = page[^1].Id.ToString();
        }

        return new BatchPage(found, after); // what fits is rare: the next page looks further
    }

    /// <summary>Pause, resume or cancel. Repeating it is harmless, and what has ended stays ended.</summary>
    /// <returns>Null if there is none.</returns>
    public async Task<BatchSummary?> ControlAsync(TenantId tenant, BatchId id, string command, CancellationToken cancellationToken)
    {
        Batch? changed = await batches.ChangeAsync(tenant, id, batch => Controlled(batch, command), cancellationToken);
        if (changed is null)
        {
            return null;
        }

        // First the state, which those at work look at; then the event, which wakes who hands out the work.
        await BatchOrders.SayAsync(batches, engine, changed, cancellationToken);
        control.Tell(id);
        return await SummaryAsync(changed, cancellationToken);
    }

    private Batch? Controlled(Batch batch, string command)
    {
        DateTimeOffset now = clock.GetUtcNow();
        BatchState wanted = command switch
        {
            BatchActivities.Pause => BatchState.Paused,
            BatchActivities.Resume => batch.WorkingState(now),
            BatchActivities.Cancel => BatchState.Cancelled,
            _ => throw new ArgumentOutOfRangeException(nameof(command), command, "Pause, resume or cancel."),
        };
        return !batch.State.IsFinal() && BatchStates.CanMove(batch.State, wanted) ? batch.MoveTo(wanted, now) : null;
    }

    /// <summary>The same submissions again, by another version of the problem, another problem or other tests: a batch of its own, to be compared with this one.</summary>
    /// <param name="by">The problem or the tests; where it has neither, the newest version of the batch's problem.</param>
    /// <returns>Null if there is none, or it still receives.</returns>
    public async Task<CreateBatchOutcome?> RegradeAsync(TenantId tenant, BatchId id, BatchDraft by, string? idempotencyKey, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(by);
        if ((await batches.FindAsync(tenant, id, cancellationToken))?.Value is not { State: not BatchState.Receiving } batch)
        {
            return null;
        }

        BatchDraft draft = by with
        {
            Name = by.Name ?? batch.Name,
            Problem = by.Suite is null ? by.Problem ?? new SubmittedProblem(batch.Problem.Id) : by.Problem,
            Priority = by.Priority ?? batch.Priority.ToString().ToLowerInvariant(),
            Concurrency = by.Concurrency ?? batch.Concurrency,
            Force = by.Force ?? batch.Force,
            Labels = by.Labels ?? batch.Labels,
        };
        return await intake.CreateAsync(tenant, draft, SubmissionsOf(batch, cancellationToken), new BatchOrigin(idempotencyKey, id), cancellationToken);
    }

    /// <summary>What a regrade changes for whom, once it is published: points by hand stay.</summary>
    /// <returns>Null if it is no regrade, or what it regrades is gone.</returns>
    public async Task<RegradeDiff?> CompareAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        if ((await batches.FindAsync(tenant, id, cancellationToken))?.Value is not { RegradeOf: { } before } batch
            || (await batches.FindAsync(tenant, before, cancellationToken))?.Value is not { } original)
        {
            return null;
        }

        List<ItemChange> changes = [];
        int same = 0;
        await using IAsyncEnumerator<BatchItem> old = batches.ReadItemsAsync(before, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await foreach (BatchItem item in batches.ReadItemsAsync(id, cancellationToken))
        {
            if (!await old.MoveNextAsync())
            {
                break;
            }

            if (ItemChange.Between(old.Current, item.WithOverridesOf(old.Current)) is { } change)
            {
                changes.Add(change);
            }
            else
            {
                same++;
            }
        }

        return new RegradeDiff(original, batch, same, changes);
    }

    /// <summary>Lets the results of a regrade count, or (null) a batch's own again; with the points that people have given to those that counted before.</summary>
    /// <returns>Null if there is no such batch or no such regrade of it that has ended.</returns>
    public async Task<BatchSummary?> PublishAsync(TenantId tenant, BatchId id, BatchId? regrade, CancellationToken cancellationToken)
    {
        if ((await batches.FindAsync(tenant, id, cancellationToken))?.Value is not { } original)
        {
            return null;
        }

        Batch next = original;
        if (regrade is { } other)
        {
            if ((await batches.FindAsync(tenant, other, cancellationToken))?.Value is not { State: BatchState.Completed, RegradeOf: { } of } found || of != id)
            {
                return null;
            }

            next = found;
        }

        Batch before = await CountingAsync(original, cancellationToken);
        if (before.Id != next.Id && next.State.IsFinal())
        {
            await overrides.CarryAsync(before, next, cancellationToken);
        }

        Batch? changed = await batches.ChangeAsync(tenant, id, batch => batch.Published == regrade ? null : batch with { Published = regrade }, cancellationToken);
        return changed is null ? null : await SummaryAsync(changed, cancellationToken);
    }

    /// <summary>Cancels it if need be, waits for that, and forgets it. Its executions stay.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        if (await ControlAsync(tenant, id, BatchActivities.Cancel, cancellationToken) is not { } found)
        {
            return false;
        }

        await removal.RemoveAsync(found.Batch, cancellationToken);
        control.Tell(id);
        return true;
    }

    /// <summary>The items whose results count: its own, or those of the regrade that was published.</summary>
    public IAsyncEnumerable<BatchItem> ReadResultsAsync(Batch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batches.ReadItemsAsync(batch.Published ?? batch.Id, cancellationToken);
    }

    private async Task<BatchSummary> SummaryAsync(Batch batch, CancellationToken cancellationToken)
    {
        BatchSummary own = BatchSummary.Of(batch, await batches.TallyAsync(batch, cancellationToken), clock.GetUtcNow());
        Batch counting = await CountingAsync(batch, cancellationToken);
        return counting.Id == batch.Id ? own : own with { Counting = (counting, await batches.TallyAsync(counting, cancellationToken)) };
    }

    /// <summary>The batch whose results count for this one: itself, or the regrade that was published.</summary>
    private async Task<Batch> CountingAsync(Batch batch, CancellationToken cancellationToken)
        => batch.Published is { } published && (await batches.FindAsync(batch.Tenant, published, cancellationToken))?.Value is { } regrade ? regrade : batch;

    /// <summary>They are nobody's: a student hears nothing of a regrade that may never be published.</summary>
    private async IAsyncEnumerable<BatchSubmission> SubmissionsOf(Batch batch, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int shard = 0; shard < batch.Shards; shard++)
        {
            IReadOnlyList<Submission> submissions = await batches.ReadSubmissionsAsync(batch.Id, shard, cancellationToken);
            IReadOnlyList<BatchItem> items = await batches.ReadShardAsync(batch, shard, cancellationToken);
            for (int at = 0; at < items.Count; at++)
            {
                Submission submission = items[at].Mended is { } key ? await batches.ReadMendedAsync(key, cancellationToken) : submissions[at];
                bool neverWas = items[at] is { State: BatchItemState.Dead, Attempts: 0, ReuseOf: null };
                yield return new BatchSubmission(items[at].Key, submission with { Student = null }) { Refused = neverWas ? items[at].Reason : null };
            }
        }
    }
}
