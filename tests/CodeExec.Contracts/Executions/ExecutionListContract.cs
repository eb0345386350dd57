using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Tenants;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Contracts.Executions;

/// <summary>What every store of executions must do: lists and numbers.</summary>
public abstract class ExecutionListContract : IAsyncLifetime
{
    private static readonly TenantId Other = new("other");

    protected static CancellationToken None => CancellationToken.None;

    protected IExecutionStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(11)]
    public async Task ListAsync_PageByPage_GivesEachOnceNewestFirst(int pageSize)
    {
        List<ExecutionRecord> created = [];
        for (int i = 0; i < 20; i++)
        {
            created.Add(await CreateAsync(Queued(Start.AddSeconds(i / 4)))); // four share each moment
            await CreateAsync(Queued(Start.AddSeconds(i / 4), Other));
        }

        List<ExecutionRecord> listed = await ListAllAsync(new ExecutionQuery { Tenant = TenantId.Default, Limit = pageSize });

        Assert.Equal(created.Select(record => record.Id).ToHashSet(), listed.Select(record => record.Id).ToHashSet());
        Assert.Equal(20, listed.Count);
        Assert.Equal(listed.OrderByDescending(record => record.CreatedAt).Select(record => record.CreatedAt), listed.Select(record => record.CreatedAt));
    }

    [SkippableFact]
    public async Task ListAsync_ExactlyOnePage_HasNoCursor()
    {
        await CreateAsync(Queued());
        await CreateAsync(Queued());

        Assert.Null((await Store.ListAsync(new ExecutionQuery { Tenant = TenantId.Default, Limit = 2 }, None)).Cursor);
        Assert.Equal(new ExecutionPage([], null).Items, (await Store.ListAsync(new ExecutionQuery { Tenant = Other }, None)).Items);
    }

    [SkippableFact]
    public async Task ListAsync_NewAndDeletedOnesBetweenPages_DisturbNothing()
    {
        List<ExecutionRecord> created = [];
        for (int i = 0; i < 6; i++)
        {
            created.Add(await CreateAsync(Queued(Start.AddSeconds(i))));
        }
        ExecutionQuery query = new() { Tenant = TenantId.Default, Limit = 2 };
        ExecutionPage first = await Store.ListAsync(query, None);
        await CreateAsync(Queued(Start.AddSeconds(60)));
        await Store.DeleteAsync(first.Items[^1].Id, None); // the very one the cursor stands on

        List<ExecutionRecord> rest = await ListAllAsync(query with { Cursor = first.Cursor });

        Assert.Equal(created.Take(4).Reverse().Select(record => record.Id), rest.Select(record => record.Id));
    }

    [SkippableFact]
    public async Task ListAsync_EachFilter_KeepsWhatMatches()
    {
        ExecutionRecord a = await CreateAsync(Queued(Start, language: "go", labels: [("course", "cs101"), ("week", "1")]));
        ExecutionRecord b = await CreateAsync(Queued(Start.AddSeconds(1), labels: [("course", "cs101"), ("week", "2")]));
        ExecutionRecord c = await CreateAsync(Queued(Start.AddSeconds(2), labels: ("course", "cs102")));
        await CreateAsync(Queued(Start.AddSeconds(1), Other, "go", ("course", "cs101")));
        await Store.TryUpdateAsync(b.Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(9)), None);

        await AssertListedAsync(new() { Tenant = TenantId.Default }, c, b, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Status = ExecutionStatus.Queued }, c, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Status = ExecutionStatus.Completed }, b);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Status = ExecutionStatus.Failed });
        await AssertListedAsync(new() { Tenant = TenantId.Default, Language = "go" }, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Labels = [new("course", "cs101")] }, b, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Labels = [new("course", "cs101"), new("week", "1")] }, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Labels = [new("course", "cs101"), new("course", "cs102")] });
        await AssertListedAsync(new() { Tenant = TenantId.Default, Labels = [new("course", "cs101' OR 1=1 --")] });
        await AssertListedAsync(new() { Tenant = TenantId.Default, From = Start.AddSeconds(1) }, c, b);
        await AssertListedAsync(new() { Tenant = TenantId.Default, To = Start.AddSeconds(1) }, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, From = Start.AddSeconds(1), To = Start.AddSeconds(2) }, b);
        await AssertListedAsync(
            new() { Tenant = TenantId.Default, Status = ExecutionStatus.Queued, Language = "go", Labels = [new("week", "1")], From = Start, To = Start.AddSeconds(1) }, a);
    }

    [SkippableFact]
    public async Task ListAsync_OfAStudentOrAProblem_KeepsWhatMatches()
    {
        ProblemVersion sum = new("sum", 1);
        ExecutionRecord a = await CreateAsync(Queued(Start) with { Student = "ann", Problem = sum });
        ExecutionRecord b = await CreateAsync(Queued(Start.AddSeconds(1), labels: ("week", "1")) with { Student = "ann", Problem = sum with { Version = 2 } });
        ExecutionRecord c = await CreateAsync(Queued(Start.AddSeconds(2), language: "go") with { Student = "ann" });
        ExecutionRecord d = await CreateAsync(Queued(Start.AddSeconds(3)) with { Student = "Zoë 张", Problem = sum });
        await CreateAsync(Queued(Start, Other) with { Student = "ann", Problem = sum });
        await CreateAsync(Queued(Start, labels: [("student", "ann"), ("problem", "sum")])); // labels are only called so

        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "ann" }, c, b, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "Zoë 张" }, d);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "an" });
        await AssertListedAsync(new() { Tenant = TenantId.Default, Problem = "sum" }, d, b, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "ann", Problem = "sum" }, b, a);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "ann", Problem = "sum", Labels = [new("week", "1")] }, b);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "ann", Language = "go" }, c);
        Assert.Equal([b.Id, a.Id], (await ListAllAsync(new() { Tenant = TenantId.Default, Student = "ann", Problem = "sum", Limit = 1 })).Select(record => record.Id));

        await Store.DeleteAsync(b.Id, None);
        await AssertListedAsync(new() { Tenant = TenantId.Default, Student = "ann", Problem = "sum" }, a);
    }

    [SkippableFact]
    public async Task ListAsync_FilteredPageByPage_GivesEachOnce()
    {
        for (int i = 0; i < 30; i++)
        {
            await CreateAsync(Queued(Start.AddSeconds(i / 5), labels: [("even", (i % 2 == 0).ToString()), ("third", (i % 3 == 0).ToString())]));
        }

        List<ExecutionRecord> listed = await ListAllAsync(new() { Tenant = TenantId.Default, Limit = 2, Labels = [new("even", "True"), new("third", "True")] });

        Assert.Equal(5, listed.Select(record => record.Id).Distinct().Count());
        Assert.Equal(5, listed.Count);
    }

    [SkippableFact]
    public async Task ListAsync_CursorWithAnyCharacterChanged_IsRefused()
    {
        string cursor = await CursorAsync();
        for (int i = 0; i < cursor.Length; i++)
        {
            string changed = cursor[..i] + (cursor[i] == 'A' ? 'B' : 'A') + cursor[(i + 1)..];
            await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(new ExecutionQuery { Tenant = TenantId.Default, Cursor = changed }, None));
        }
    }

    [SkippableTheory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("' OR 1=1 --")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("\0\uFFFF日本")]
    public async Task ListAsync_NotACursor_IsRefused(string cursor)
        => await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(new ExecutionQuery { Tenant = TenantId.Default, Cursor = cursor }, None));

    [SkippableFact]
    public async Task ListAsync_AnotherTenantsCursor_IsRefused()
    {
        string cursor = await CursorAsync();

        await Assert.ThrowsAsync<InvalidCursorException>(() => Store.ListAsync(new ExecutionQuery { Tenant = Other, Cursor = cursor }, None));
    }

    [SkippableFact]
    public async Task GetMetricsAsync_NothingEnded_IsAllZero()
    {
        await CreateAsync(Queued());

        ExecutionMetrics metrics = await Store.GetMetricsAsync(TenantId.Default, null, null, None);

        Assert.Equal(0, metrics.Total);
        Assert.Empty(metrics.ByLanguage);
        Assert.Empty(metrics.ErrorsByType);
        Assert.Equal(Percentiles.None, metrics.DurationMs);
    }

    [SkippableFact]
    public async Task GetMetricsAsync_AllKindsOfEnds_CountsEachUnderItsName()
    {
        await EndAsync(Queued(), new ExecutionOutcome.Exited(0), 10);
        await EndAsync(Queued(), new ExecutionOutcome.Exited(1), 20);
        await EndAsync(Queued(language: "go"), new ExecutionOutcome.Exited(0), 30);
        await EndAsync(Queued(language: "go"), new ExecutionOutcome.LimitExceeded(ResourceLimit.WallTime), 50);
        await EndAsync(Queued(language: "go"), new ExecutionOutcome.LimitExceeded(ResourceLimit.Memory), 40);
        await EndAsync(Queued(), new ExecutionOutcome.Cancelled(), 60);
        await EndAsync(Queued(tenant: Other), new ExecutionOutcome.Exited(0), 1000);
        await CreateAsync(Queued());

        ExecutionMetrics metrics = await Store.GetMetricsAsync(TenantId.Default, null, null, None);

        Assert.Equal(6, metrics.Total);
        Assert.Equal(2, metrics.Succeeded);
        Assert.Equal(3, metrics.Failed);
        Assert.Equal(new LanguageMetrics(3, 1, 30), metrics.ByLanguage["python"]);
        Assert.Equal(new LanguageMetrics(3, 1, 40), metrics.ByLanguage["go"]);
        Assert.Equal(
            new Dictionary<string, long> { ["exited"] = 1, ["limitExceeded/wallTime"] = 1, ["limitExceeded/memory"] = 1, ["cancelled"] = 1 }.OrderBy(pair => pair.Key),
            metrics.ErrorsByType.OrderBy(pair => pair.Key));
        Assert.Equal(new Percentiles(30, 60, 60, 60, 60, 35), metrics.DurationMs);
    }

    [SkippableFact]
    public async Task GetMetricsAsync_GradedExecutions_AreCountedByVerdictAndAreNoErrors()
    {
        await EndAsync(Queued(), new ExecutionOutcome.Graded(Verdict.Accepted), 10);
        await EndAsync(Queued(), new ExecutionOutcome.Graded(Verdict.WrongAnswer), 10);
        await EndAsync(Queued(), new ExecutionOutcome.Graded(Verdict.WrongAnswer), 10);

        ExecutionMetrics metrics = await Store.GetMetricsAsync(TenantId.Default, null, null, None);

        Assert.Equal(new Dictionary<string, long> { ["accepted"] = 1, ["wrongAnswer"] = 2 }.OrderBy(pair => pair.Key), metrics.ByVerdict.OrderBy(pair => pair.Key));
        Assert.Empty(metrics.ErrorsByType);
    }

    [SkippableFact]
    public async Task GetMetricsAsync_Period_TakesWhatEndedInIt()
    {
        await EndAsync(Queued(Start), new ExecutionOutcome.Exited(0), 1000);
        await EndAsync(Queued(Start), new ExecutionOutcome.Exited(0), 2000);
        await EndAsync(Queued(Start), new ExecutionOutcome.Exited(0), 3000);

        Assert.Equal(2000, (await Store.GetMetricsAsync(TenantId.Default, Start.AddSeconds(2), Start.AddSeconds(3), None)).DurationMs.Max);
        Assert.Equal(2, (await Store.GetMetricsAsync(TenantId.Default, Start.AddSeconds(2), null, None)).Total);
        Assert.Equal(1, (await Store.GetMetricsAsync(TenantId.Default, null, Start.AddSeconds(2), None)).Total);
    }

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(37)]
    [InlineData(200)]
    public async Task GetMetricsAsync_ManyNumbers_PercentilesAreExact(int count)
    {
        Random random = new(count);
        List<double> cpu = [];
        for (int i = 0; i < count; i++)
        {
            cpu.Add(random.Next(1, 1000) / 8.0);
            await EndAsync(Queued(), new ExecutionOutcome.Exited(0), 1, cpu[^1], (long)cpu[^1] << 20);
        }
        // The smallest number that at least so many percent of all are no larger than.
        double Expected(int percentile) => cpu.Where(value => cpu.Count(other => other <= value) * 100 >= percentile * count).Min();

        ExecutionMetrics metrics = await Store.GetMetricsAsync(TenantId.Default, null, null, None);

        Assert.Equal((Expected(50), Expected(90), Expected(95), Expected(99), cpu.Max()), (metrics.CpuMs.P50, metrics.CpuMs.P90, metrics.CpuMs.P95, metrics.CpuMs.P99, metrics.CpuMs.Max));
        Assert.Equal(cpu.Average(), metrics.CpuMs.Average, 9);
        Assert.Equal((double)((long)Expected(90) << 20), metrics.MemoryBytes.P90);
    }

    /// <summary>An empty store.</summary>
    protected abstract Task<IExecutionStore> OpenAsync();

    private async Task<ExecutionRecord> CreateAsync(ExecutionRecord record)
        => Assert.IsType<CreateOutcome.Created>(await Store.CreateAsync(record, Spec(), null, None)).Record;

    private async Task EndAsync(ExecutionRecord record, ExecutionOutcome outcome, double durationMs, double cpuMs = 1, long memoryBytes = 1)
    {
        ExecutionRecord created = await CreateAsync(record);
        Assert.NotNull(await Store.TryUpdateAsync(created.Ended(outcome, TimeSpan.FromMilliseconds(durationMs), cpuMs, memoryBytes), None));
    }

    private async Task<string> CursorAsync()
    {
        await CreateAsync(Queued());
        await CreateAsync(Queued());
        return (await Store.ListAsync(new ExecutionQuery { Tenant = TenantId.Default, Limit = 1 }, None)).Cursor!;
    }

    private async Task AssertListedAsync(ExecutionQuery query, params ExecutionRecord[] expected)
        => Assert.Equal(expected.Select(record => record.Id), (await Store.ListAsync(query, None)).Items.Select(record => record.Id));

    private async Task<List<ExecutionRecord>> ListAllAsync(ExecutionQuery query)
    {
        List<ExecutionRecord> all = [];
        do
        {
            ExecutionPage page = await Store.ListAsync(query, None);
            Assert.InRange(page.Items.Count, 0, query.Limit);
            all.AddRange(page.Items);
            query = query with { Cursor = page.Cursor };
        }
        while (query.Cursor is not null);
        return all;
    }
}
