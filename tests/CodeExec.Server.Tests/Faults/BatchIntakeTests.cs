using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Server.Tests.Faults;

/// <summary>How batches come in: with tests of their own, under keys, and after others with the same programs.</summary>
public sealed class BatchIntakeTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task CreateAsync_TestsOfItsOwn_StandOnceAndGoWithTheBatch()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        BatchDraft draft = new() { Suite = BatchLife.Echo, Limits = new Dictionary<string, SubmittedLimits> { [Problem.AnyLanguage] = new() { WallTimeMs = 1234 } } };
        Batch batch = await batches.StartAsync(draft, BatchLife.Python("one"), BatchLife.Python("two"));
        BatchSummary ended = await batches.EndAsync(batch);

        Assert.Equal(2, ended.Tally.Verdicts[Verdict.Accepted]);
        ExecutionSpec[] specs = [.. await Task.WhenAll((await batches.ItemsAsync(batch)).Select(async item => (await life.Executions.FindSpecAsync(item.Execution!.Value, default))!))];
        Assert.All(specs, spec => Assert.Equal((1234, null), (spec.Limits.WallTimeMs, spec.Grading!.Suite)));
        Assert.Single(specs.Select(spec => spec.Grading!.SuiteBlob).Distinct());

        ProblemCatalog problems = life.Services.GetRequiredService<ProblemCatalog>();
        Assert.NotNull(await problems.FindAsync(TenantId.Default, batch.Problem.Id, 1, default));
        Assert.Null(await problems.FindAsync(new TenantId("other"), batch.Problem.Id, 1, default));
        Assert.Empty(await problems.ListAsync(TenantId.Default, null, 10, default));
        Assert.False(await problems.DeleteAsync(TenantId.Default, batch.Problem.Id, default));
        Assert.True(await batches.Service.DeleteAsync(TenantId.Default, batch.Id, default));
        Assert.Null(await problems.FindAsync(TenantId.Default, batch.Problem.Id, 1, default));
    }

    [Fact]
    public async Task CreateAsync_ProblemAndTestsOrNeitherOrWrongOnes_SaysWhatIsWrong()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);

        Assert.Equal(["problem"], await FieldsAsync(new BatchDraft()));
        Assert.Equal(["tests"], await FieldsAsync(new BatchDraft { Suite = BatchLife.Echo, Problem = new("p") }));
        Assert.Equal(["tests"], await FieldsAsync(new BatchDraft { Suite = new() { Tests = [] } }));
        Assert.Equal(["limits.klingon"], await FieldsAsync(new BatchDraft { Suite = BatchLife.Echo, Limits = new Dictionary<string, SubmittedLimits> { ["klingon"] = new() } }));
        Assert.Empty((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items);

        async Task<IEnumerable<string>> FieldsAsync(BatchDraft draft) => Assert.IsType<CreateBatchOutcome.Invalid>(await batches.CreateAsync(draft, null, BatchLife.Python("x"))).Errors.Keys;
    }

    [Fact]
    public async Task CreateAsync_SameKey_IsTheSameBatchUnlessSomethingElseIsSent()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        BatchDraft draft = new() { Suite = BatchLife.Echo };
        BatchSubmission[] sent = [BatchLife.Python("one", "ann"), BatchLife.Python("two")];
        Batch first = Assert.IsType<CreateBatchOutcome.Accepted>(await batches.CreateAsync(draft, "key", sent)).Batch.Batch;

        Assert.Equal(first.Id, Assert.IsType<CreateBatchOutcome.Repeated>(await batches.CreateAsync(draft, "key", sent)).Batch.Batch.Id);
        Assert.IsType<CreateBatchOutcome.KeyConflict>(await batches.CreateAsync(draft, "key", [.. sent.Reverse()]));
        Assert.IsType<CreateBatchOutcome.KeyConflict>(await batches.CreateAsync(draft with { Name = "other" }, "key", sent));
        Assert.IsType<CreateBatchOutcome.Accepted>(await batches.CreateAsync(draft, "key2", sent));

        await batches.Service.DeleteAsync(TenantId.Default, first.Id, default);
        Assert.IsType<CreateBatchOutcome.Accepted>(await batches.CreateAsync(draft, "key", sent));
    }

    [Fact]
    public async Task CreateAsync_SameKeyAtOnce_MakesOneBatch()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        CreateBatchOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => batches.CreateAsync(new BatchDraft { Suite = BatchLife.Echo }, "key", BatchLife.Python("one")))));

        Assert.Single(outcomes.OfType<CreateBatchOutcome.Accepted>());
        Assert.All(outcomes, outcome => Assert.True(outcome is CreateBatchOutcome.Accepted or CreateBatchOutcome.Repeated or CreateBatchOutcome.Busy, outcome.ToString()));
        Assert.Single((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items);
    }

    [Fact]
    public async Task CreateAsync_BrokenOffOrRefused_LeavesNothingAndTheKeyIsFree()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        BatchSubmission refused = new(null, new Submission { Language = "python", Code = "x", Priority = "high" });

        await Assert.ThrowsAsync<BatchRefusedException>(() => batches.CreateAsync(new BatchDraft { Suite = BatchLife.Echo }, "key", BatchLife.Python("x"), refused));
        Assert.IsType<CreateBatchOutcome.Invalid>(await batches.CreateAsync(new BatchDraft(), "key", BatchLife.Python("x")));

        Assert.Empty((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default }, default)).Items);
        Assert.IsType<CreateBatchOutcome.Accepted>(await batches.CreateAsync(new BatchDraft { Suite = BatchLife.Echo }, "key", BatchLife.Python("x")));
    }

    [Fact]
    public async Task Batch_SameProgramAndTestsAsAnEarlierOne_IsTakenFromThereUnlessForced()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch first = await batches.StartAsync(BatchLife.Python("one"));
        await batches.EndAsync(first);
        int ran = _provider.Ran.Count;

        Batch second = await batches.StartAsync(BatchLife.Python("new", "ann"), BatchLife.Python("one", "bob"), BatchLife.Python("one", "cat"));
        BatchSummary ended = await batches.EndAsync(second);
        BatchItem[] items = await batches.ItemsAsync(second);
        Assert.Equal((3, 2, ran + 1), (ended.Tally.Verdicts[Verdict.Accepted], ended.Tally.Reused, _provider.Ran.Count));
        Assert.Equal([null, new BatchPlace(first.Id, 0), new BatchPlace(first.Id, 0)], items.Select(item => item.From));
        Assert.Equal((await batches.ItemsAsync(first))[0].Execution, items[1].Execution);

        await batches.EndAsync(await batches.StartAsync(new BatchDraft { Suite = BatchLife.Echo, Force = true }, BatchLife.Python("one")));
        Assert.Equal(ran + 2, _provider.Ran.Count);
        await batches.EndAsync(await batches.StartAsync(new BatchDraft { Suite = new() { Tests = [new() { Id = "1", Stdin = new("b"), Expected = new("b") }] } }, BatchLife.Python("one")));
        Assert.Equal(ran + 3, _provider.Ran.Count); // other tests
    }

    [Fact]
    public async Task Batch_EarlierExecutionIsGone_IsGradedAgain()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        Batch first = await batches.StartAsync(BatchLife.Python("one"));
        await batches.EndAsync(first);
        await life.Services.GetRequiredService<IExecutionService>().DeleteAsync(TenantId.Default, (await batches.ItemsAsync(first))[0].Execution!.Value, default);

        Batch second = await batches.StartAsync(BatchLife.Python("one"));
        BatchSummary ended = await batches.EndAsync(second);

        Assert.Equal((1, 0), (ended.Tally.Verdicts[Verdict.Accepted], ended.Tally.Reused));
        Assert.Equal(2, _provider.Ran.Count);
    }

    [Fact]
    public async Task ListAsync_Filters_FindThoseThatFit()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        BatchLife batches = new(life);
        List<BatchId> made = [];
        for (int i = 0; i < 5; i++)
        {
            made.Add((await batches.StartAsync(new BatchDraft { Suite = BatchLife.Echo, Labels = new Dictionary<string, string> { ["odd"] = $"{i % 2}" } }, BatchLife.Python($"{i}"))).Id);
            await batches.EndAsync((await batches.Service.FindAsync(TenantId.Default, made[^1], default))!.Batch);
        }

        BatchQuery query = new() { Tenant = TenantId.Default, Labels = [new("odd", "0")], Limit = 2 };
        BatchPage page = await batches.Service.ListAsync(query, default);
        Assert.Equal([made[4], made[2]], page.Items.Select(item => item.Batch.Id));
        BatchPage last = await batches.Service.ListAsync(query with { Cursor = page.Cursor }, default);
        Assert.Equal([made[0]], last.Items.Select(item => item.Batch.Id));
        Assert.Null(last.Cursor);
        Assert.Equal(5, (await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default, State = BatchState.Completed }, default)).Items.Count);
        Assert.Empty((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default, State = BatchState.Running }, default)).Items);
        Assert.Empty((await batches.Service.ListAsync(new BatchQuery { Tenant = TenantId.Default, Problem = "p" }, default)).Items);
    }
}
