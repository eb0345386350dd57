using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Scoring;
using CodeExec.Core.Tenants;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Batches with the same programs at the same time: each program is graded once, and nobody waits for somebody who does nothing.</summary>
public sealed class BatchesAtOnceTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();
    private readonly TaskCompletionSource _goOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Batches_ManySamePrograms_AreGradedOnceTogether()
    {
        const int Programs = 60; // more than a shard
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        BatchSubmission[] programs = [.. Enumerable.Range(0, Programs).Select(i => BatchLife.Python($"program {i}"))];

        Batch[] both = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => batches.StartAsync(programs)));
        BatchSummary[] ended = await Task.WhenAll(both.Select(batches.EndAsync));

        Assert.Equal(Programs, _provider.Ran.Count);
        Assert.All(ended, one => Assert.Equal(Programs, one.Tally.Verdicts[Verdict.Accepted]));
        Assert.Equal(Programs, ended.Sum(one => one.Tally.Reused));
        Assert.Equal((await batches.ItemsAsync(both[0])).Select(item => item.Execution), (await batches.ItemsAsync(both[1])).Select(item => item.Execution));
    }

    [Theory]
    [InlineData(BatchActivities.Pause)]
    [InlineData(BatchActivities.Cancel)]
    public async Task Batch_TheOtherIsPausedOrCancelled_GradesItself(string command)
    {
        _provider.OnTest = BlockTheFirstAsync;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch first = await batches.StartAsync(BatchLife.Python("one"));
        await _begun.Task;
        Batch second = await batches.StartAsync(BatchLife.Python("two"), BatchLife.Python("one"));
        await UntilAsync(async () => (await batches.Service.FindAsync(TenantId.Default, second.Id, default))!.Tally.Done == 1); // the other is waited for
        Assert.Equal(2, _provider.Ran.Count);

        await batches.Service.ControlAsync(TenantId.Default, first.Id, command, default);
        BatchSummary ended = await batches.EndAsync(second);
        _goOn.SetResult();

        Assert.Equal((2, 0, 3), (ended.Tally.Verdicts[Verdict.Accepted], ended.Tally.Reused, _provider.Ran.Count));
        await batches.Service.ControlAsync(TenantId.Default, first.Id, BatchActivities.Resume, default);
        Assert.True((await batches.EndAsync(first)).Batch.IsOver);
    }

    [Fact]
    public async Task Batches_ProcessEndsWhileOneWaitsForTheOther_BothComeToTheirEndInTheNextLife()
    {
        _provider.OnTest = BlockTheFirstAsync;
        Batch first, second;
        await using (Life life = await Life.StartAsync(_data.FullName, _provider))
        {
            BatchLife batches = new(life);
            first = await batches.StartAsync(BatchLife.Python("one"));
            await _begun.Task;
            second = await batches.StartAsync(BatchLife.Python("one"), BatchLife.Python("two"));
            await UntilAsync(async () => (await batches.Service.FindAsync(TenantId.Default, second.Id, default))!.Tally.Done == 1);
        }

        _goOn.SetResult();
        await using Life next = await Life.StartAsync(_data.FullName, _provider);
        await next.Get<BatchRecovery>().RunAsync(default);
        BatchSummary[] ended = await Task.WhenAll(new BatchLife(next).EndAsync(first), new BatchLife(next).EndAsync(second));

        Assert.Equal([(1, 0), (2, 1)], ended.Select(one => (one.Tally.Verdicts[Verdict.Accepted], one.Tally.Reused)));
    }

    [Theory]
    [InlineData(Verdict.TimeLimit, true, true)]
    [InlineData(Verdict.TimeLimit, false, false)]
    [InlineData(Verdict.TimeLimit, null, false)] // of an earlier release: nobody knows
    [InlineData(Verdict.WrongAnswer, false, false)]
    [InlineData(Verdict.WrongAnswer, null, true)]
    public async Task Batch_EarlierVerdictHangsOnTime_IsReusedOnlyIfItWasConfirmedAlone(Verdict verdict, bool? sure, bool reused)
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch first = await batches.StartAsync(BatchLife.Python("one"));
        await batches.EndAsync(first);
        ExecutionRecord record = (await life.Executions.FindAsync((await batches.ItemsAsync(first))[0].Execution!.Value, default))!;
        Score score = record.Grade!.Score with { Verdict = verdict, Verdicts = new Dictionary<Verdict, int> { [verdict] = 1 } };
        Assert.NotNull(await life.Executions.TryUpdateAsync(record with { Grade = record.Grade with { Score = score, TimeIsSure = sure } }, default));

        BatchSummary ended = await batches.EndAsync(await batches.StartAsync(BatchLife.Python("one")));

        Assert.Equal((reused ? 1 : 0, reused ? 1 : 2), (ended.Tally.Reused, _provider.Ran.Count));
    }

    private async Task BlockTheFirstAsync(string test, int time)
    {
        if (time == 1)
        {
            _begun.TrySetResult();
            await _goOn.Task;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using CancellationTokenSource deadline = new(TimeSpan.FromMinutes(2), TimeProvider.System);
        while (!await isSo())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, deadline.Token);
        }
    }
}
