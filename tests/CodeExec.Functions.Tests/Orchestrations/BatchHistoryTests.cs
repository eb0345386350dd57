using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class BatchHistoryTests() : HistoryComparison<BatchOrchestration, BatchStart, bool>(
    BatchActivities.Orchestration, new BatchStart(TenantId.Default, new BatchId(new Guid("0190f1d2-0000-7000-8000-000000000001")), [0, 1, 2, 3], 4, RequeuedFirst: true))
{
    [Fact]
    public Task Batch_RunsToItsEnd_IsTheSameOverDurable() => CompareAsync(Activities((_, _) => Task.FromResult(true)), true, 6);

    [Fact]
    public Task Batch_IsToBeginLater_BeginsAtItsTimeAndIsTheSameOverDurable()
        => CompareAsync(Activities((_, _) => Task.FromResult(true)), true, 8, otherInput: Later);

    [Fact]
    public Task Batch_IsCancelledBeforeItsTime_IsTheSameOverDurable()
        => CompareAsync(Activities((_, _) => throw new InvalidOperationException("begun")), true, 3, raise => raise(BatchActivities.ControlEvent, BatchActivities.Cancel), Later with { StartAt = Start.AddYears(10) });

    [Fact]
    public async Task Batch_IsPausedOverItsTime_BeginsWhenItIsResumedAndIsTheSameOverDurable()
    {
        TaskCompletionSource due = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await CompareAsync(
            Activities((_, _) => Task.FromResult(true), begun: due.SetResult),
            true,
            9,
            async raise =>
            {
                await raise(BatchActivities.ControlEvent, BatchActivities.Pause);
                await due.Task;
                await raise(BatchActivities.ControlEvent, BatchActivities.Resume);
            },
            Later);
    }

    private static readonly BatchStart Later = new(TenantId.Default, new BatchId(new Guid("0190f1d2-0000-7000-8000-000000000001")), [0, 1, 2, 3], 4, StartAt: Start.AddHours(1));

    [Fact]
    public Task Batch_AShardTakesTwoSlices_IsTheSameOverDurable()
    {
        int calls = 0;
        return CompareAsync(Activities((_, work) => Task.FromResult(work.Shard != 1 || Interlocked.Increment(ref calls) > 1)), true, 7);
    }

    [Fact]
    public Task Batch_AShardFailsTwice_IsTheSameOverDurable()
        => CompareAsync(Activities((context, work) => work.Shard == 2 && context.Attempt < 3 ? throw new IOException($"{context.Attempt}") : Task.FromResult(true)), true, 8);

    [Fact]
    public Task Batch_IsPausedAndGoesOn_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), paused = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(async (_, work) =>
            {
                begun.TrySetResult();
                await paused.Task;
                return work.Shard > 0; // the first was interrupted
            }, firstOnly: true),
            true,
            null,
            async raise =>
            {
                await begun.Task;
                await raise(BatchActivities.ControlEvent, BatchActivities.Pause);
                paused.SetResult();
                await raise(BatchActivities.ControlEvent, BatchActivities.Resume);
            });
    }

    [Fact]
    public Task Batch_IsCancelled_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(async (_, _) =>
            {
                begun.TrySetResult();
                await cancelled.Task;
                return true;
            }),
            true,
            null,
            async raise =>
            {
                await begun.Task;
                await raise(BatchActivities.ControlEvent, BatchActivities.Cancel);
                cancelled.SetResult();
            });
    }

    [Fact]
    public Task Batch_SettlingFindsSomethingLeft_IsTheSameOverDurable() => CompareAsync(Activities((_, _) => Task.FromResult(true), left: [[1, 3], [2]]), true, 11);

    [Fact]
    public Task Batch_SomethingIsPutBackWhileItRuns_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(async (_, _) =>
            {
                begun.TrySetResult();
                await asked.Task;
                return true;
            }),
            true,
            null,
            async raise =>
            {
                await begun.Task;
                await raise(BatchActivities.ControlEvent, $"{BatchActivities.Requeue}0");
                asked.SetResult();
            });
    }

    /// <param name="firstOnly">Later calls are done at once.</param>
    /// <param name="left">What each settling finds left to do; nothing after the last.</param>
    /// <param name="begun">Its time has come, for the first time.</param>
    private static OrchestrationRegistry Activities(Func<ActivityContext, ShardWork, Task<bool>> runShard, bool firstOnly = false, Action? begun = null, params int[][] left)
    {
        int calls = 0;
        Action? first = begun;
        System.Collections.Concurrent.ConcurrentQueue<int[]> settle = new(left);
        return new OrchestrationRegistry()
            .Activity(BatchActivities.Begin, (_, _, _) =>
            {
                Interlocked.Exchange(ref first, null)?.Invoke();
                return Task.FromResult(true);
            })
            .Activity(BatchActivities.RunShard, (context, work, _) => firstOnly && Interlocked.Increment(ref calls) > 2 ? Task.FromResult(true) : runShard(context, work))
            .Activity(BatchActivities.Settle, (_, _, _) => Task.FromResult<IReadOnlyList<int>>(settle.TryDequeue(out int[]? some) ? some : []));
    }
}
