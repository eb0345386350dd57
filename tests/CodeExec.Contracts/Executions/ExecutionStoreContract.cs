using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Contracts.Executions;

/// <summary>What every store of executions must do: writing and finding.</summary>
public abstract partial class ExecutionStoreContract : IAsyncLifetime
{
    protected static CancellationToken None => CancellationToken.None;

    protected IExecutionStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task CreateAsync_NewExecution_IsFoundWithEveryField()
    {
        ExecutionRecord record = Queued(labels: [("course", "cs101"), ("ünïcode", "wert")]) with { Isolation = "no cgroups" };

        ExecutionRecord created = await CreateAsync(record);

        ExecutionRecord? found = await Store.FindAsync(record.Id, None);
        AssertSame(created, found);
        AssertSame(record with { Revision = created.Revision }, found);
    }

    [SkippableFact]
    public async Task CreateAsync_NewExecution_KeepsItsSpec()
    {
        ExecutionSpec spec = Spec("print('žluťoučký\0')") with
        {
            Stdin = [0, 1, 255, 128],
            Args = ["", "a b", "日本"],
            Env = new Dictionary<string, string> { ["A"] = "1" },
            ProtectedSecrets = new Dictionary<string, string> { ["TOKEN"] = "v1.x" },
            CompileArgs = ["-O2"],
            Network = NetworkAccess.Full,
            Priority = ExecutionPriority.High,
            Labels = new Dictionary<string, string> { ["k"] = "v" },
            Artifacts = ["out/**"],
        };
        ExecutionRecord record = Queued();

        await Store.CreateAsync(record, spec, null, None);

        AssertSame(spec, await Store.FindSpecAsync(record.Id, None));
    }

    [SkippableFact]
    public async Task FindAsync_UnknownId_FindsNothing()
    {
        Assert.Null(await Store.FindAsync(Queued().Id, None));
        Assert.Null(await Store.FindSpecAsync(Queued().Id, None));
    }

    [SkippableFact]
    public async Task CreateAsync_IdThatExists_IsRefusedAndChangesNothing()
    {
        ExecutionRecord record = await CreateAsync(Queued());

        await Assert.ThrowsAsync<ExecutionExistsException>(() => Store.CreateAsync(record with { Language = "go" }, Spec("other"), null, None));

        AssertSame(record, await Store.FindAsync(record.Id, None));
        AssertSame(Spec(), await Store.FindSpecAsync(record.Id, None));
    }

    [SkippableFact]
    public async Task ListEndedAsync_SomeEndedBefore_FindsThemAndNoOther()
    {
        List<ExecutionId> old = [];
        for (int i = 0; i < 3; i++)
        {
            old.Add((await Store.TryUpdateAsync((await CreateAsync(Queued(Start.AddHours(i)))).Ended(new ExecutionOutcome.Exited(i), TimeSpan.FromSeconds(1)), None))!.Id);
        }
        await CreateAsync(Queued(Start)); // has not ended
        await Store.TryUpdateAsync((await CreateAsync(Queued(Start))).Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromDays(2)), None); // took long
        await Store.TryUpdateAsync((await CreateAsync(Queued(Start.AddDays(3)))).Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), None);

        Assert.Equal(old, await Store.ListEndedAsync(Start.AddDays(1), None).ToListAsync());
    }

    [SkippableFact]
    public async Task DeleteAsync_Execution_ForgetsRecordSpecAndKey()
    {
        ExecutionRecord created = await CreateAsync(Queued(labels: ("a", "b")), Key);

        await Store.DeleteAsync(created.Id, None);
        await Store.DeleteAsync(created.Id, None);

        Assert.Null(await Store.FindAsync(created.Id, None));
        Assert.Null(await Store.FindSpecAsync(created.Id, None));
        Assert.Empty((await Store.ListAsync(new ExecutionQuery { Tenant = created.Tenant, Labels = [new("a", "b")] }, None)).Items);
        Assert.IsType<CreateOutcome.Created>(await Store.CreateAsync(Queued(), Spec(), Key, None));
    }

    [SkippableFact]
    public async Task ListUnfinishedAsync_SomeEnded_GivesTheOthersOldestFirst()
    {
        ExecutionRecord newest = await CreateAsync(Queued(Start.AddSeconds(2)));
        ExecutionRecord oldest = await CreateAsync(Queued(Start, new TenantId("other")));
        ExecutionRecord ended = await CreateAsync(Queued(Start.AddSeconds(1)));
        ExecutionRecord running = await CreateAsync(Queued(Start.AddSeconds(1)));
        await Store.TryUpdateAsync(ended.Ended(new ExecutionOutcome.Cancelled(), TimeSpan.FromSeconds(1)), None);
        await Store.TryUpdateAsync(running with { Status = ExecutionStatus.Running }, None);

        List<ExecutionId> found = [];
        await foreach (ExecutionId id in Store.ListUnfinishedAsync(None))
        {
            found.Add(id);
        }

        Assert.Equal([oldest.Id, running.Id, newest.Id], found);
    }

    [SkippableFact]
    public async Task CountByStatusAsync_CreatedMovedAndDeleted_CountsAllTenants()
    {
        ExecutionRecord moved = await CreateAsync(Queued());
        ExecutionRecord deleted = await CreateAsync(Queued());
        await CreateAsync(Queued(tenant: new TenantId("other")));
        await CreateAsync(Queued(), Key);
        await Store.CreateAsync(Queued(), Spec(), Key, None);
        await Store.TryUpdateAsync(moved.Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), None);
        await Store.DeleteAsync(deleted.Id, None);
        await Store.DeleteAsync(deleted.Id, None);

        IReadOnlyDictionary<ExecutionStatus, long> counts = await Store.CountByStatusAsync(None);

        Assert.Equal(2, counts[ExecutionStatus.Queued]);
        Assert.Equal(1, counts[ExecutionStatus.Completed]);
        Assert.Equal(3, counts.Values.Sum());
    }

    /// <summary>An empty store.</summary>
    protected abstract Task<IExecutionStore> OpenAsync();

    protected async Task<ExecutionRecord> CreateAsync(ExecutionRecord record, IdempotencyKey? key = null)
        => Assert.IsType<CreateOutcome.Created>(await Store.CreateAsync(record, Spec(), key, None)).Record;
}
