using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Submissions that were set aside go back to work, while their batch runs and after.</summary>
public sealed class BatchRequeueTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task RequestAsync_WhileTheBatchRuns_IsGradedBeforeItsEnd()
    {
        _provider.OnTest = (_, _) => _goOn.Task;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(Broken("dead"), BatchLife.Python("slow"));
        await UntilDeadAsync(batches, batch);

        Assert.True(await batches.Requeue.RequestAsync(TenantId.Default, batch.Id, 0, new Submission { Language = "python", Code = "mended" }, default));
        Assert.False(await batches.Requeue.RequestAsync(TenantId.Default, batch.Id, 1, null, default)); // at work
        Assert.False(await batches.Requeue.RequestAsync(TenantId.Default, batch.Id, 2, null, default)); // none such
        _goOn.SetResult();
        BatchSummary ended = await batches.EndAsync(batch);

        Assert.Equal((2, 0, 1), (ended.Tally.Verdicts[Verdict.Accepted], ended.Tally.Dead, ended.Batch.Runs));
        Assert.Equal([BatchItemState.Done, BatchItemState.Done], (await batches.ItemsAsync(batch)).Select(item => item.State));
    }

    [Fact]
    public async Task RequestAsync_OthersOfItsShardStillRun_BeginsBeforeTheyEnd()
    {
        TaskCompletionSource again = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = async (_, time) =>
        {
            if (time == 1)
            {
                await _goOn.Task;
            }

            again.TrySetResult();
        };
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(Broken("dead"), BatchLife.Python("slow"));
        await UntilDeadAsync(batches, batch);

        Assert.True(await batches.Requeue.RequestAsync(TenantId.Default, batch.Id, 0, new Submission { Language = "python", Code = "mended" }, default));
        await again.Task.WaitAsync(TimeSpan.FromMinutes(2), TimeProvider.System); // while the slow one runs
        _goOn.SetResult();

        Assert.Equal(2, (await batches.EndAsync(batch)).Tally.Verdicts[Verdict.Accepted]);
    }

    [Fact]
    public async Task RequestAsync_AsItIs_IsSetAsideAgainAndTheBatchEndsAgain()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(BatchLife.Python("fine"), Broken("dead"));
        await batches.EndAsync(batch);

        Assert.True(await batches.Requeue.RequestAsync(TenantId.Default, batch.Id, 1, null, default));
        BatchSummary ended = await batches.EndAsync(batch);

        Assert.Equal((BatchState.Completed, 2, 1), (ended.Batch.State, ended.Batch.Runs, ended.Tally.Dead));
        Assert.Equal(2, (await batches.ItemsAsync(batch))[1].Attempts);
    }

    [Fact]
    public async Task RequestAsync_MendedOneThatOthersWereTheSameAs_ChangesThatOneAlone()
    {
        _provider.OnTest = (_, _) => _goOn.Task;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch batch = await batches.StartAsync(Broken("ann"), BatchLife.Python("slow"), Broken("bob"));
        await UntilDeadAsync(batches, batch);
        await batches.Requeue.RequestAsync(TenantId.Default, batch.Id, 0, new Submission { Language = "python", Code = "mended" }, default);
        _goOn.SetResult();
        await batches.EndAsync(batch);

        BatchItem[] items = await batches.ItemsAsync(batch);
        Assert.Equal([BatchItemState.Done, BatchItemState.Done, BatchItemState.Dead], items.Select(item => item.State));
        Assert.Contains("language", items[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecoveryAfterACrash_RequestWasWrittenAndNotBegun_IsBegun()
    {
        Batch batch;
        await using (Life life = await Life.StartAsync(_data.FullName, _provider))
        {
            BatchLife batches = new(life);
            batch = await batches.StartAsync(Broken("dead"));
            BatchSummary ended = await batches.EndAsync(batch);
            await life.Engine.WaitForEndAsync(BatchActivities.InstanceOf(ended.Batch), default);
            BatchStore store = life.Get<BatchStore>();
            await store.OpenAsync(batch, default); // the first two of three steps
            await store.WriteRequeueAsync(batch.Id, 0, new RequeueRequest(0, await store.WriteMendedAsync(batch.Id, 0, new Submission { Language = "python", Code = "x" }, default), "python", "h"), default);
        }

        await using Life next = await Life.StartAsync(_data.FullName, _provider);
        await next.Get<BatchRecovery>().RunAsync(default);
        BatchSummary again = await new BatchLife(next).EndAsync(batch);

        Assert.Equal((2, 1, 0), (again.Batch.Runs, again.Tally.Done, again.Tally.Dead));
    }

    private static BatchSubmission Broken(string key) => new(key, new Submission { Language = "klingon", Code = "x" });

    private static async Task UntilDeadAsync(BatchLife batches, Batch batch)
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(2), TimeProvider.System);
        while ((await batches.Service.FindAsync(TenantId.Default, batch.Id, deadline.Token))!.Tally.Dead == 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }
}
