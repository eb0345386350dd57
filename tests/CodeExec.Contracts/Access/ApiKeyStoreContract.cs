using CodeExec.Core.Access;
using CodeExec.Core.Tenants;

namespace CodeExec.Contracts.Access;

/// <summary>What every store of API keys must do.</summary>
public abstract class ApiKeyStoreContract : IAsyncLifetime
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken None => CancellationToken.None;

    protected IApiKeyStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync();

    public virtual Task DisposeAsync() => Task.CompletedTask;

    [SkippableFact]
    public async Task AnyAsync_BeforeAndAfterTheFirstKey_KnowsTheDifference()
    {
        Assert.False(await Store.AnyAsync(None));
        await Store.AddAsync(Key("a"), None);
        Assert.True(await Store.AnyAsync(None));
    }

    [SkippableFact]
    public async Task FindAsync_AddedKey_HasEveryField()
    {
        ApiKey full = Key("a") with { Name = "Grader 'ü' \"1\"", ExpiresAt = Start.AddDays(1).AddTicks(7), Role = Role.Admin, Tenant = new TenantId("t-1") };
        await Store.AddAsync(full, None);
        await Store.AddAsync(Key("b"), None);

        Assert.Equal(full, await Store.FindAsync("a", None));
        Assert.Equal(Key("b"), await Store.FindAsync("b", None));
    }

    [SkippableTheory]
    [InlineData("none")]
    [InlineData("A")]
    [InlineData("' OR 1=1 --")]
    public async Task FindAsync_UnknownId_FindsNothing(string id)
    {
        await Store.AddAsync(Key("a"), None);

        Assert.Null(await Store.FindAsync(id, None));
    }

    [SkippableFact]
    public async Task AddAsync_IdThatExists_IsRefusedAndChangesNothing()
    {
        await Store.AddAsync(Key("a"), None);

        await Assert.ThrowsAsync<ApiKeyExistsException>(() => Store.AddAsync(Key("a") with { Role = Role.Admin }, None));

        Assert.Equal(Key("a"), await Store.FindAsync("a", None));
    }

    [SkippableFact]
    public async Task ListAsync_SomeKeys_GivesAllOldestFirst()
    {
        await Store.AddAsync(Key("b") with { CreatedAt = Start.AddDays(1) }, None);
        await Store.AddAsync(Key("c"), None);

        Assert.Equal(["c", "b"], (await Store.ListAsync(None)).Select(key => key.Id));
    }

    [SkippableFact]
    public async Task RevokeAsync_Key_KeepsTheFirstTime()
    {
        await Store.AddAsync(Key("a"), None);

        Assert.True(await Store.RevokeAsync("a", Start.AddHours(1), None));
        Assert.True(await Store.RevokeAsync("a", Start.AddHours(2), None));

        Assert.Equal(Start.AddHours(1), (await Store.FindAsync("a", None))!.RevokedAt);
        Assert.Equal(Start.AddHours(1), Assert.Single(await Store.ListAsync(None)).RevokedAt);
    }

    [SkippableFact]
    public async Task RevokeAsync_UnknownId_SaysSo() => Assert.False(await Store.RevokeAsync("none", Start, None));

    /// <summary>An empty store.</summary>
    protected abstract Task<IApiKeyStore> OpenAsync();

    private static ApiKey Key(string id) => new(id, "name", new string('0', 64), TenantId.Default, Role.Submitter, Start, null, null);
}
