using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using static CodeExec.Contracts.Executions.ExecutionSamples;

namespace CodeExec.Contracts.Executions;

/// <summary>One key, one execution.</summary>
public abstract partial class ExecutionStoreContract
{
    private static readonly IdempotencyKey Key = new("key-1", "fingerprint-1");

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
}
