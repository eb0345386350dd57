using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Local.Executions;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Storage.Local.Tests.Executions;

public sealed class SqliteExecutionStoreTests : ExecutionStoreContract
{
    private readonly TemporaryDatabase _temporary = new();

    [Fact]
    public async Task OpenAsync_AfterARestart_HasAllThatWasCommitted()
    {
        IdempotencyKey key = new("k", "f");
        ExecutionRecord ended = (await Store.TryUpdateAsync((await CreateAsync(Queued())).Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), None))!;
        ExecutionRecord queued = await CreateAsync(Queued(labels: ("a", "b")), key);

        _temporary.Reopen();
        using SqliteExecutionStore reopened = await SqliteExecutionStore.OpenAsync(_temporary.Database, TimeProvider.System, None);

        AssertSame(ended, await reopened.FindAsync(ended.Id, None));
        AssertSame(queued, await reopened.FindAsync(queued.Id, None));
        AssertSame(Spec(), await reopened.FindSpecAsync(queued.Id, None));
        AssertSame(queued, Assert.IsType<CreateOutcome.Existing>(await reopened.CreateAsync(Queued(), Spec(), key, None)).Record);
        Assert.Equal([queued.Id], await reopened.ListUnfinishedAsync(None).ToListAsync());
        Assert.Equal(1, (await reopened.CountByStatusAsync(None))[ExecutionStatus.Completed]);
        Assert.NotNull(await reopened.TryUpdateAsync(queued.MoveTo(ExecutionStatus.Preparing), None));
    }

    [Fact]
    public async Task FindAsync_MoreThanAreRemembered_FindsAll()
    {
        List<ExecutionRecord> written = [];
        for (int i = 0; i < 600; i++) // more ended ones than are kept in memory
        {
            ExecutionRecord created = await CreateAsync(Queued());
            written.Add((await Store.TryUpdateAsync(created.Ended(new ExecutionOutcome.Exited(i), TimeSpan.FromSeconds(1)), None))!);
        }

        foreach (ExecutionRecord record in written)
        {
            AssertSame(record, await Store.FindAsync(record.Id, None));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task AnyMethod_RandomUse_BehavesAsTheModel(int seed)
    {
        Random random = new(seed);
        InMemoryExecutionStore model = new();
        List<ExecutionRecord> known = [];
        for (int step = 0; step < 400; step++)
        {
            ExecutionRecord? some = known.Count == 0 ? null : known[random.Next(known.Count)]; // often of an old revision
            switch (random.Next(6))
            {
                case 0 or 1 or 2:
                    ExecutionRecord made = Queued(Start.AddSeconds(random.Next(20)), new TenantId($"t{random.Next(2)}"), random.Next(2) == 0 ? "go" : "c", ("n", $"{random.Next(3)}"));
                    IdempotencyKey? key = random.Next(2) == 0 ? new($"{random.Next(20)}", $"{random.Next(2)}") : null;
                    AssertSame<object>(await model.CreateAsync(made, Spec(), key, None), await Store.CreateAsync(made, Spec(), key, None));
                    known.Add(made with { Revision = 1 });
                    break;
                case 3 or 4 when some is not null:
                    ExecutionRecord changed = random.Next(2) == 0
                        ? some with { Status = (ExecutionStatus)random.Next(3), Version = $"{step}" }
                        : some.Ended(random.Next(2) == 0 ? new ExecutionOutcome.Exited(random.Next(2)) : new ExecutionOutcome.Cancelled(), TimeSpan.FromSeconds(random.Next(9)), random.Next(9));
                    ExecutionRecord? written = await model.TryUpdateAsync(changed, None);
                    AssertSame(written, await Store.TryUpdateAsync(changed, None));
                    known.Add(written ?? changed);
                    break;
                case 5 when some is not null && random.Next(4) == 0:
                    await model.DeleteAsync(some.Id, None);
                    await Store.DeleteAsync(some.Id, None);
                    break;
                default:
                    break;
            }
            await AssertAlikeAsync(model, some, random);
        }
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        ((SqliteExecutionStore)Store).Dispose();
        await _temporary.DisposeAsync();
    }

    protected override async Task<IExecutionStore> OpenAsync() => await SqliteExecutionStore.OpenAsync(_temporary.Database, TimeProvider.System, None);

    private async Task AssertAlikeAsync(InMemoryExecutionStore model, ExecutionRecord? some, Random random)
    {
        if (some is not null)
        {
            AssertSame(await model.FindAsync(some.Id, None), await Store.FindAsync(some.Id, None));
        }
        ExecutionQuery query = new()
        {
            Tenant = new TenantId($"t{random.Next(2)}"),
            Status = random.Next(2) == 0 ? (ExecutionStatus)random.Next(7) : null,
            Language = random.Next(3) == 0 ? "go" : null,
            Labels = random.Next(3) == 0 ? [new("n", $"{random.Next(3)}")] : [],
            From = random.Next(3) == 0 ? Start.AddSeconds(random.Next(20)) : null,
            To = random.Next(3) == 0 ? Start.AddSeconds(random.Next(20)) : null,
            Limit = random.Next(1, 9),
        };
        do
        {
            ExecutionPage page = await Store.ListAsync(query, None);
            AssertSame(await model.ListAsync(query, None), page);
            query = query with { Cursor = page.Cursor };
        }
        while (query.Cursor is not null);
        ExecutionMetrics expected = await model.GetMetricsAsync(query.Tenant, query.From, query.To, None);
        ExecutionMetrics actual = await Store.GetMetricsAsync(query.Tenant, query.From, query.To, None);
        Assert.Equal((expected.Total, expected.Succeeded, expected.Failed), (actual.Total, actual.Succeeded, actual.Failed));
        Assert.Equal(expected.CpuMs.P90, actual.CpuMs.P90);
        Assert.Equal(expected.ErrorsByType.OrderBy(error => error.Key), actual.ErrorsByType.OrderBy(error => error.Key));
        Assert.Equal((await model.CountByStatusAsync(None)).OrderBy(count => count.Key), (await Store.CountByStatusAsync(None)).OrderBy(count => count.Key));
    }
}

public sealed class SqliteExecutionListTests : ExecutionListContract
{
    private readonly TemporaryDatabase _temporary = new();

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        ((SqliteExecutionStore)Store).Dispose();
        await _temporary.DisposeAsync();
    }

    protected override async Task<IExecutionStore> OpenAsync() => await SqliteExecutionStore.OpenAsync(_temporary.Database, TimeProvider.System, None);
}
