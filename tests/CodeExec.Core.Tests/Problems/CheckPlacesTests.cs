using CodeExec.Contracts.Fakes;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Tests.Problems;

public sealed class CheckPlacesTests
{
    private static readonly TenantId Tenant = new("default"), Other = new("other");

    private readonly InMemoryDocumentStore _documents = new();
    private readonly ProblemChecks _checks;
    private readonly CheckPlaces _places;

    public CheckPlacesTests()
    {
        _checks = new ProblemChecks(_documents, new InMemoryBlobStore());
        _places = new CheckPlaces(_documents, _checks, Options.Create(new CheckOptions { MostOfATenant = 3 }));
    }

    [Fact]
    public async Task TryTakeAsync_AllAreTaken_RefusesThisTenantAlone()
    {
        Assert.Equal(new[] { true, true, true, false }, await TakeAllAsync("a", "b", "c", "d"));
        Assert.True(await TakeAsync("e", Other));
    }

    [Theory]
    [InlineData(CheckStatus.Passed)]
    [InlineData(CheckStatus.Failed)]
    [InlineData(CheckStatus.Error)]
    public async Task TryTakeAsync_OneHasEnded_TakesItsPlace(CheckStatus end)
    {
        Assert.Equal(new[] { true, true, true }, await TakeAllAsync("a", "b", "c"));

        await _checks.ChangeAsync(Tenant, "b", check => check with { Status = end }, CancellationToken.None);

        Assert.Equal(new[] { true, false }, await TakeAllAsync("d", "e"));
    }

    [Fact]
    public async Task TryTakeAsync_OneIsGone_TakesItsPlace()
    {
        Assert.Equal(new[] { true, true, true }, await TakeAllAsync("a", "b", "c"));

        await _checks.DeleteAsync(Tenant, "a", CancellationToken.None);

        Assert.Equal(new[] { true, false }, await TakeAllAsync("d", "e"));
    }

    [Fact]
    public async Task TryTakeAsync_ManyAtOnce_NoMoreThanThereArePlaces()
    {
        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => TakeAsync($"{i}"))));

        Assert.Equal(3, taken.Count(one => one));
    }

    private async Task<bool[]> TakeAllAsync(params string[] ids)
    {
        List<bool> taken = [];
        foreach (string id in ids)
        {
            taken.Add(await TakeAsync(id));
        }

        return [.. taken];
    }

    private async Task<bool> TakeAsync(string id, TenantId? tenant = null)
    {
        TenantId whose = tenant ?? Tenant;
        await _checks.CreateAsync(new ProblemCheck { Id = id, Tenant = whose, Problem = new ProblemVersion("p", 1), Status = CheckStatus.Queued, CreatedAt = DateTimeOffset.UnixEpoch }, CancellationToken.None);
        return await _places.TryTakeAsync(whose, id, CancellationToken.None);
    }
}
