using System.Text;
using Azure;
using Azure.Storage.Blobs.Models;
using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Tenants;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Executions;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Storage.Azure.Tests.Executions;

/// <summary>What the limits of tables ask for: values, keys, and several processes at once.</summary>
public sealed class ExecutionValuesTests : IAsyncLifetime
{
    private AzureAccount _account = null!;
    private TableExecutionStore _store = null!;

    private static readonly ManualTimeProvider Clock = new(Start);

    private static CancellationToken None => CancellationToken.None;

    public async Task InitializeAsync()
    {
        _account = await TemporaryAccount.OpenAsync();
        _store = await TableExecutionStore.OpenAsync(_account, Clock, None);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [SkippableTheory]
    [InlineData(10_000, 0)]
    [InlineData(59_000, 0)]
    [InlineData(65_000, 1)]
    [InlineData(1_500_000, 1)]
    public async Task CreateAsync_CodeOfAnySize_IsKeptWholeAndInABlobOnlyWhereARowHasNoRoom(int bytes, int blobs)
    {
        ExecutionSpec spec = Spec() with { Files = [new SourceFile("main.py", Noise(bytes * 3 / 4))] }; // base64 in JSON
        ExecutionRecord record = Queued();

        await _store.CreateAsync(record, spec, null, None);

        AssertSame(spec, await _store.FindSpecAsync(record.Id, None));
        Assert.Equal(blobs, await CountBlobsAsync());
        await _store.DeleteAsync(record.Id, None);
        Assert.Equal(0, await CountBlobsAsync());
    }

    [SkippableFact]
    public async Task TryUpdateAsync_OutputsGrowAndShrink_AreFoundListedAndLeaveNothingBehind()
    {
        ExecutionRecord record = Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued(labels: ("a", "b")), Spec(), null, None)).Record;
        foreach (int bytes in new[] { 10, 200_000, 300_000, 10, 2_000_000 })
        {
            StepResult step = new() { Stdout = new CapturedOutput(Encoding.ASCII.GetString(Noise(bytes)), null, bytes, false), Stderr = CapturedOutput.Empty };

            record = (await _store.TryUpdateAsync(record with { Run = step }, None))!;

            AssertSame(record, await _store.FindAsync(record.Id, None));
            AssertSame(record, Assert.Single((await _store.ListAsync(new() { Tenant = TenantId.Default }, None)).Items));
            AssertSame(record, Assert.Single((await _store.ListAsync(new() { Tenant = TenantId.Default, Labels = [new("a", "b")] }, None)).Items));
            Assert.Equal(bytes > 60_000 ? 1 : 0, await CountBlobsAsync());
        }
    }

    [SkippableFact]
    public async Task TryUpdateAsync_RefusedUpdate_LeavesNoBlobBehind()
    {
        ExecutionRecord created = Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued(), Spec(), null, None)).Record;
        StepResult large = new() { Stdout = new CapturedOutput(new string('x', 100_000), null, 100_000, false), Stderr = CapturedOutput.Empty };
        Assert.NotNull(await _store.TryUpdateAsync(created.MoveTo(ExecutionStatus.Preparing), None));

        Assert.Null(await _store.TryUpdateAsync(created with { Run = large }, None));

        Assert.Equal(0, await CountBlobsAsync());
    }

    [SkippableTheory]
    [InlineData("a/b\\c#d?e")]
    [InlineData("'; DROP TABLE x --")]
    [InlineData("\u0001\t\n \u007f日本🎉")]
    [InlineData("..")]
    public async Task CreateAsync_KeyWithCharactersThatTablesRefuse_IsBoundAndFound(string text)
    {
        IdempotencyKey key = new(text, "f");
        ExecutionRecord record = Queued(labels: (text, text));
        await _store.CreateAsync(record, Spec(), key, None);

        Assert.Equal(record.Id, Assert.IsType<CreateOutcome.Existing>(await _store.CreateAsync(Queued(), Spec(), key, None)).Record.Id);
        Assert.IsType<CreateOutcome.KeyConflict>(await _store.CreateAsync(Queued(), Spec(), key with { Fingerprint = "g" }, None));
        Assert.Equal(record.Id, Assert.Single((await _store.ListAsync(new() { Tenant = TenantId.Default, Labels = [new(text, text)] }, None)).Items).Id);
        Assert.Empty((await _store.ListAsync(new() { Tenant = TenantId.Default, Labels = [new(text, text + "x")] }, None)).Items);
    }

    [SkippableFact]
    public async Task ListAsync_TenantsThatDifferInCaseOnly_DoNotMix()
    {
        TenantId upper = new("Team.One_A");
        TenantId lower = new("team.one_a");
        ExecutionRecord one = Queued(tenant: upper);
        await _store.CreateAsync(one, Spec(), new IdempotencyKey("k", "f"), None);

        Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued(tenant: lower), Spec(), new IdempotencyKey("k", "f"), None));
        Assert.Equal(one.Id, Assert.Single((await _store.ListAsync(new() { Tenant = upper }, None)).Items).Id);
    }

    [SkippableFact]
    public async Task ListAsync_CreatedInAnyOrder_GivesTheNewestFirst()
    {
        int[] order = [3, 0, 4, 1, 2];
        foreach (int second in order)
        {
            await _store.CreateAsync(Queued(Start.AddSeconds(second)), Spec(), null, None);
        }

        IReadOnlyList<ExecutionRecord> listed = (await _store.ListAsync(new() { Tenant = TenantId.Default }, None)).Items;

        Assert.Equal([4, 3, 2, 1, 0], listed.Select(record => (int)(record.CreatedAt - Start).TotalSeconds));
    }

    [SkippableFact]
    public async Task TryUpdateAsync_SeveralProcessesFromOneRevision_OneWinsAndCountsStay()
    {
        TableExecutionStore[] processes = [_store, await TableExecutionStore.OpenAsync(_account, Clock, None), await TableExecutionStore.OpenAsync(_account, Clock, None)];
        ExecutionRecord current = Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued(), Spec(), null, None)).Record;
        foreach (ExecutionStatus next in new[] { ExecutionStatus.Preparing, ExecutionStatus.Running, ExecutionStatus.Completed })
        {
            ExecutionRecord read = current;
            ExecutionRecord?[] written = await Task.WhenAll(processes.SelectMany((process, p) => Enumerable.Range(0, 3).Select(
                i => Task.Run(() => process.TryUpdateAsync(read.MoveTo(next) with { Version = $"{p}-{i}" }, None)))));

            current = Assert.Single(written.OfType<ExecutionRecord>());
            foreach (TableExecutionStore process in processes)
            {
                AssertSame(current, await process.FindAsync(current.Id, None));
                Assert.Equal(1, (await process.CountByStatusAsync(None))[next]);
                Assert.Equal(1, (await process.CountByStatusAsync(None)).Values.Sum());
            }
        }
    }

    [SkippableFact]
    public async Task CreateAsync_OneKeyFromSeveralProcesses_MakesOneExecution()
    {
        TableExecutionStore[] processes = [_store, await TableExecutionStore.OpenAsync(_account, Clock, None), await TableExecutionStore.OpenAsync(_account, Clock, None)];

        CreateOutcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 18).Select(
            i => Task.Run(() => processes[i % 3].CreateAsync(Queued(), Spec(), new IdempotencyKey("k", "f"), None))));

        ExecutionId id = Assert.Single(outcomes.OfType<CreateOutcome.Created>()).Record.Id;
        Assert.All(outcomes.OfType<CreateOutcome.Existing>(), existing => Assert.Equal(id, existing.Record.Id));
        List<ExecutionId> unfinished = [];
        await foreach (ExecutionId each in _store.ListUnfinishedAsync(None))
        {
            unfinished.Add(each);
        }
        Assert.Equal([id], unfinished);
        Assert.Equal(1, (await _store.CountByStatusAsync(None)).Values.Sum());
    }

    [SkippableFact]
    public async Task CreateAsync_AnEarlierCreateGotNoFurtherThanItsPlace_IsAsIfItHadNotBeen()
    {
        ExecutionRecord record = Queued();
        await new ExecutionPlaces(_account.Table("Executions")).AddAsync(ExecutionPlace.Of(record), None);
        await new UnfinishedRows(_account.Table("Executions")).AddAsync(ExecutionPlace.Of(record), None);

        Assert.Null(await _store.FindAsync(record.Id, None));
        Assert.False(await _store.ListUnfinishedAsync(None).GetAsyncEnumerator(None).MoveNextAsync());
        Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(record with { CreatedAt = Start.AddSeconds(5) }, Spec(), null, None));
        Assert.NotNull(await _store.FindAsync(record.Id, None));
    }

    [SkippableFact]
    public async Task CreateAsync_TableIsDeletedMeanwhile_FailsInsteadOfTryingForEver()
    {
        await _account.Table("Executions").DeleteAsync();

        await Assert.ThrowsAnyAsync<RequestFailedException>(() => _store.CreateAsync(Queued(), Spec(), null, None));
    }

    [SkippableFact]
    public async Task ListUnfinishedAsync_AnEarlierCreateGaveUpLongAgo_ForgetsIt()
    {
        ExecutionPlace place = ExecutionPlace.Of(Queued());
        UnfinishedRows rows = new(_account.Table("Executions"));
        ExecutionPlaces places = new(_account.Table("Executions"));
        await places.AddAsync(place, None);
        await rows.AddAsync(place, None);
        ManualTimeProvider clock = new(Start.AddMinutes(59));
        TableExecutionStore store = await TableExecutionStore.OpenAsync(_account, clock, None);
        Assert.False(await store.ListUnfinishedAsync(None).GetAsyncEnumerator(None).MoveNextAsync());
        Assert.Single(await rows.ListAsync(None));

        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.False(await store.ListUnfinishedAsync(None).GetAsyncEnumerator(None).MoveNextAsync());
        Assert.Empty(await rows.ListAsync(None));
        Assert.Null(await new ExecutionPlaces(_account.Table("Executions")).FindAsync(place.Id, None));
    }

    [SkippableFact]
    public async Task ListUnfinishedAsync_EndedWithoutItsRowRemoved_IsNotListedAndForgotten()
    {
        ExecutionRecord record = Assert.IsType<CreateOutcome.Created>(await _store.CreateAsync(Queued(), Spec(), null, None)).Record;
        await _store.TryUpdateAsync(record.Ended(new ExecutionOutcome.Exited(0), TimeSpan.FromSeconds(1)), None);
        UnfinishedRows rows = new(_account.Table("Executions"));
        await rows.AddAsync(ExecutionPlace.Of(record), None);

        Assert.False(await _store.ListUnfinishedAsync(None).GetAsyncEnumerator(None).MoveNextAsync());

        Assert.Empty(await rows.ListAsync(None));
    }

    private static byte[] Noise(int length)
    {
        byte[] bytes = new byte[length];
        Random random = new(length);
        for (int i = 0; i < length; i++)
        {
            bytes[i] = (byte)random.Next('a', 'z');
        }
        return bytes;
    }

    private async Task<int> CountBlobsAsync()
    {
        int count = 0;
        await foreach (BlobItem _ in _account.Container("records").GetBlobsAsync())
        {
            count++;
        }
        return count;
    }
}
