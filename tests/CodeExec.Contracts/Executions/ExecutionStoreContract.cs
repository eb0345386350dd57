using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Contracts.Executions;

/// <summary>What every store of executions must do: writing and finding.</summary>
public abstract class ExecutionStoreContract : IAsyncLifetime
{
    private static readonly IdempotencyKey Key = new("key-1", "fingerprint-1");

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
    public async Task TryNoteAsync_KnownRevision_IsSeenAtOnceAndCanBeUpdated()
    {
        ExecutionRecord created = await CreateAsync(Queued());

        ExecutionRecord? noted = await Store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None);

        AssertSame(noted, await Store.FindAsync(created.Id, None));
        Assert.Equal(ExecutionStatus.Preparing, Assert.Single((await Store.ListAsync(new ExecutionQuery { Tenant = created.Tenant }, None)).Items).Status);
        Assert.Equal(1, (await Store.CountByStatusAsync(None))[ExecutionStatus.Preparing]);
        ExecutionRecord? running = await Store.TryUpdateAsync(noted!.MoveTo(ExecutionStatus.Running), None);
        AssertSame(running, await Store.FindAsync(created.Id, None));
    }

    [SkippableFact]
    public async Task TryNoteAsync_ChangedMeanwhileOrGone_IsRefused()
    {
        ExecutionRecord created = await CreateAsync(Queued());
        ExecutionRecord cancelled = (await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Cancelled), None))!;
        ExecutionRecord deleted = await CreateAsync(Queued());
        await Store.DeleteAsync(deleted.Id, None);

        Assert.Null(await Store.TryNoteAsync(created.MoveTo(ExecutionStatus.Preparing), None));
        Assert.Null(await Store.TryNoteAsync(deleted.MoveTo(ExecutionStatus.Preparing), None));

        AssertSame(cancelled, await Store.FindAsync(created.Id, None));
        Assert.Null(await Store.FindAsync(deleted.Id, None));
    }

    [SkippableFact]
    public async Task CreateAsync_KnownKeySameFingerprint_ReturnsTheEarlierExecutionAsItIsNow()
    {
        ExecutionRecord first = await CreateAsync(Queued(), Key);
        ExecutionRecord running = (await Store.TryUpdateAsync(first.MoveTo(ExecutionStatus.Preparing), None))!;
        ExecutionRecord second = Queued();

        CreateOutcome outcome = await Store.CreateAsync(second, Spec(), Key, None);

        AssertSame(running, Assert.IsType<CreateOutcome.Existing>(outcome).Record);
        Assert.Null(await Store.FindAsync(second.Id, None));
        Assert.Null(await Store.FindSpecAsync(second.Id, None));
    }

    [SkippableFact]
    public async Task CreateAsync_KnownKeyOtherFingerprint_IsAConflictAndStoresNothing()
    {
        await CreateAsync(Queued(), Key);
        ExecutionRecord second = Queued();

        CreateOutcome outcome = await Store.CreateAsync(second, Spec(), Key with { Fingerprint = "fingerprint-2" }, None);

        Assert.IsType<CreateOutcome.KeyConflict>(outcome);
        Assert.Null(await Store.FindAsync(second.Id, None));
    }

    [SkippableFact]
    public async Task CreateAsync_SameKeyOfAnotherTenant_IsAnotherKey()
    {
        await CreateAsync(Queued(), Key);

        CreateOutcome outcome = await Store.CreateAsync(Queued(tenant: new TenantId("other")), Spec(), Key, None);

        Assert.IsType<CreateOutcome.Created>(outcome);
    }

    [SkippableFact]
    public async Task CreateAsync_SameKeyTwentyTimesAtOnce_MakesOneExecution()
    {
        CreateOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => Store.CreateAsync(Queued(), Spec(), Key, None))));

        ExecutionId id = Assert.Single(outcomes.OfType<CreateOutcome.Created>()).Record.Id;
        Assert.All(outcomes.OfType<CreateOutcome.Existing>(), existing => Assert.Equal(id, existing.Record.Id));
        Assert.Equal(19, outcomes.OfType<CreateOutcome.Existing>().Count());
        Assert.Single((await Store.ListAsync(new ExecutionQuery { Tenant = TenantId.Default }, None)).Items);
    }

    [SkippableTheory]
    [MemberData(nameof(Outcomes))]
    public async Task TryUpdateAsync_PresentRevision_IsFoundWithEveryField(ExecutionOutcome outcome)
    {
        ExecutionRecord created = await CreateAsync(Queued());
        StepResult step = new()
        {
            ExitCode = 1,
            Signal = 9,
            Limit = ResourceLimit.Memory,
            Stdout = new CapturedOutput("héllo\0\n\uFFFD", "outputs/x", 12, true),
            Stderr = CapturedOutput.Empty,
            WallMs = 1.25,
            CpuMs = 0.5,
            MemoryBytes = 9_437_184,
            FromCache = true,
        };
        ExecutionRecord changed = created with
        {
            Status = outcome.ToStatus(),
            Outcome = outcome,
            PreparedAt = Start.AddTicks(1),
            StartedAt = Start.AddTicks(2),
            EndedAt = Start.AddTicks(3),
            Compile = step,
            Run = step with { ExitCode = null, Signal = null, Limit = null },
            Artifacts = [new ArtifactInfo("out/a.txt", 3), new ArtifactInfo("link", 0, "a link")],
            Displays = [new DisplayInfo("1.png", "plot\n.png", "image/png", 3, "run", Start.AddTicks(4), 5), new DisplayInfo(null, "x", null, 0, null, Start, 6, "a link")],
            Error = new ExecutionError("container-lost", "It went away."),
        };

        ExecutionRecord? written = await Store.TryUpdateAsync(changed, None);

        Assert.NotNull(written);
        Assert.NotEqual(created.Revision, written.Revision);
        AssertSame(changed with { Revision = written.Revision }, written);
        AssertSame(written, await Store.FindAsync(created.Id, None));
        AssertSame(written, Assert.Single((await Store.ListAsync(new ExecutionQuery { Tenant = created.Tenant }, None)).Items));
    }

    public static TheoryData<ExecutionOutcome> Outcomes() =>
    [
        new ExecutionOutcome.Exited(0),
        new ExecutionOutcome.Exited(3),
        new ExecutionOutcome.Signalled(11),
        new ExecutionOutcome.LimitExceeded(ResourceLimit.CpuTime),
        new ExecutionOutcome.CompileFailed(1),
        new ExecutionOutcome.CompileFailed(null),
        new ExecutionOutcome.Cancelled(),
        new ExecutionOutcome.InternalError(),
    ];

    [SkippableFact]
    public async Task TryUpdateAsync_OldRevision_ChangesNothing()
    {
        ExecutionRecord created = await CreateAsync(Queued());
        ExecutionRecord current = (await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Preparing), None))!;

        Assert.Null(await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Cancelled), None));

        AssertSame(current, await Store.FindAsync(created.Id, None));
    }

    [SkippableFact]
    public async Task TryUpdateAsync_ManyAtOnceFromOneRevision_OneWins()
    {
        ExecutionRecord current = await CreateAsync(Queued());
        for (int round = 0; round < 20; round++)
        {
            ExecutionRecord read = current;
            ExecutionRecord?[] written = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                i => Task.Run(() => Store.TryUpdateAsync(read with { Version = $"{round}-{i}" }, None))));

            current = Assert.Single(written.OfType<ExecutionRecord>());
            AssertSame(current, await Store.FindAsync(current.Id, None));
        }
    }

    [SkippableFact]
    public async Task TryUpdateAsync_DeletedExecution_DoesNotBringItBack()
    {
        ExecutionRecord created = await CreateAsync(Queued());
        await Store.DeleteAsync(created.Id, None);

        Assert.Null(await Store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Preparing), None));

        Assert.Null(await Store.FindAsync(created.Id, None));
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
