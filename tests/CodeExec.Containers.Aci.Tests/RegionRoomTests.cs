using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Time;
using CodeExec.Core.Storage.Documents;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Tests;

public sealed class RegionRoomTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly AciOptions _options = new() { SubscriptionId = ArmDouble.Subscription, CreationsPerFiveMinutes = 3, CreationsPerHour = 5, MaxGroups = 100 };

    [Fact]
    public async Task TryTakeAsync_FiveMinutesAreSpent_SaysWhenTheFirstOfThemIsOver()
    {
        RegionRoom room = NewRoom();
        await TakeAsync(room, 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        await TakeAsync(room, 2);

        Assert.False(await room.TryTakeAsync(NewName(), CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(4), room.Wait);

        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True(await room.TryTakeAsync(NewName(), CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(1), room.Wait);
    }

    [Fact]
    public async Task TryTakeAsync_TheHourIsSpent_SaysWhenTheFirstOfItIsOver()
    {
        RegionRoom room = NewRoom();
        await TakeAsync(room, 3);
        _clock.Advance(TimeSpan.FromMinutes(10));
        await TakeAsync(room, 2);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(TimeSpan.FromMinutes(40), room.Wait);
    }

    [Fact]
    public async Task TryTakeAsync_AllGroupsAreThere_WaitsForOneToLeave()
    {
        _options.MaxGroups = 1;
        RegionRoom room = NewRoom();
        Assert.True(await room.TryTakeAsync("a", CancellationToken.None));
        Assert.False(await room.TryTakeAsync(NewName(), CancellationToken.None));

        room.Leave("a");
        room.Leave("a"); // once is enough

        Assert.True(await room.TryTakeAsync(NewName(), CancellationToken.None));
    }

    [Fact]
    public async Task Compare_OthersMadeSomeAndOneOfOursIsGone_CountsWhatIsThere()
    {
        _options.MaxGroups = 3;
        RegionRoom room = NewRoom();
        Assert.True(await room.TryTakeAsync("ours", CancellationToken.None));
        Assert.True(await room.TryTakeAsync("left", CancellationToken.None));
        room.HasMade("ours");
        room.HasMade("left");
        IReadOnlyList<string> known = room.Groups;
        Assert.True(await room.TryTakeAsync("just-asked-for", CancellationToken.None));
        Assert.True(room.IsFullOfGroups);

        room.Compare(known, new HashSet<string> { "ours" });
        Assert.False(room.IsFullOfGroups);
        Assert.Equal(["ours"], room.Groups);

        room.Compare(room.Groups, new HashSet<string> { "ours", "another-hosts" });
        Assert.True(room.IsFullOfGroups);
    }

    [Fact]
    public async Task LearnAsync_OthersHaveSpentTheQuota_CountsForThisHostToo()
    {
        RegionRoom room = NewRoom();
        await TakeAsync(room, 1);
        _clock.Advance(TimeSpan.FromMinutes(2));

        await room.LearnAsync(new RemainingCreations(0, 100), CancellationToken.None);

        Assert.Equal(TimeSpan.FromMinutes(3), room.Wait);
    }

    [Fact]
    public async Task CloseAsync_AzureSaidWhen_IsThen()
    {
        RegionRoom room = NewRoom();

        await room.CloseAsync(TimeSpan.FromSeconds(77), CancellationToken.None);

        Assert.Equal(TimeSpan.FromSeconds(77), room.Wait);
    }

    [Fact]
    public async Task TryTakeAsync_HostsShareAStore_TogetherTheyHaveTheQuotaOnceAndEachSaysWhenThereIsRoom()
    {
        InMemoryDocumentStore store = new();
        RegionRoom[] hosts = [NewRoom(store), NewRoom(store), NewRoom(store)];

        bool[] taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => hosts[i % 3].TryTakeAsync(NewName(), CancellationToken.None)));

        Assert.Equal(3, taken.Count(one => one));
        Assert.All(hosts, host => Assert.Equal(TimeSpan.FromMinutes(5), host.Wait));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(await hosts[0].TryTakeAsync(NewName(), CancellationToken.None));
        Assert.True(await hosts[1].TryTakeAsync(NewName(), CancellationToken.None));
        Assert.False(await hosts[2].TryTakeAsync(NewName(), CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(55), hosts[2].Wait); // five in the hour
    }

    [Fact]
    public async Task TryTakeAsync_HostHasHadARestart_RemembersWhatItMade()
    {
        InMemoryDocumentStore store = new();
        await TakeAsync(NewRoom(store), 3);

        Assert.False(await NewRoom(store).TryTakeAsync(NewName(), CancellationToken.None));
    }

    [Fact]
    public async Task RefreshAsync_OthersHaveSpentTheQuota_HostThatMadeNothingSaysWhen()
    {
        InMemoryDocumentStore store = new();
        RegionRoom idle = NewRoom(store);
        await TakeAsync(NewRoom(store), 3);
        Assert.Equal(TimeSpan.Zero, idle.Wait);

        await idle.RefreshAsync(CancellationToken.None);

        Assert.Equal(TimeSpan.FromMinutes(5), idle.Wait);
    }

    [Fact]
    public async Task CloseAsync_AzureRefusedOneHost_TheOthersDoNotAsk()
    {
        InMemoryDocumentStore store = new();
        RegionRoom other = NewRoom(store);

        await NewRoom(store).CloseAsync(TimeSpan.FromSeconds(77), CancellationToken.None);

        Assert.False(await other.TryTakeAsync(NewName(), CancellationToken.None));
        Assert.Equal(TimeSpan.FromSeconds(77), other.Wait);
        Assert.Empty(other.Groups);
    }

    [Fact]
    public async Task TryTakeAsync_StoreDoesNotAnswer_CountsForItselfAndWithTheOthersAgainWhenItDoes()
    {
        FailingDocumentStore store = new();
        RegionRoom room = NewRoom(store);
        RegionRoom other = NewRoom(store);
        store.IsAway = true;
        await TakeAsync(room, 3);
        Assert.False(await room.TryTakeAsync(NewName(), CancellationToken.None));
        store.IsAway = false;
        await TakeAsync(other, 2);

        await room.RefreshAsync(CancellationToken.None);

        Assert.True(await room.TryTakeAsync(NewName(), CancellationToken.None));
        Assert.Equal(TimeSpan.FromMinutes(5), room.Wait);
    }

    [Fact]
    public async Task TryTakeAsync_ThousandsAnHour_WhatIsWrittenDownStaysSmall()
    {
        InMemoryDocumentStore store = new();
        (_options.CreationsPerFiveMinutes, _options.CreationsPerHour, _options.MaxGroups) = (10_000, 100_000, 100_000);
        RegionRoom room = NewRoom(store);
        for (int i = 0; i < 5_000; i++)
        {
            await TakeAsync(room, 1);
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        Document written = Assert.Single(await store.ListAsync(new DocumentPartition("aci-creations", ArmDouble.Subscription), new DocumentRange(10), CancellationToken.None));
        Assert.InRange(written.Json.Length, 1, 100_000);
    }

    private RegionRoom NewRoom(IDocumentStore? store = null)
        => new(new AciRegion { Name = "westeurope" }, new CreationLedger(Options.Create(_options), NullLogger<CreationLedger>.Instance, store), _options, _clock);

    private static string NewName() => Guid.NewGuid().ToString("n");

    private static async Task TakeAsync(RegionRoom room, int times)
    {
        for (int i = 0; i < times; i++)
        {
            Assert.True(await room.TryTakeAsync(NewName(), CancellationToken.None));
        }
    }

    private sealed class FailingDocumentStore : IDocumentStore
    {
        private readonly InMemoryDocumentStore _inner = new();

        public bool IsAway { get; set; }

        private InMemoryDocumentStore Store => IsAway ? throw new IOException("The store is away.") : _inner;

        public async Task<Document?> FindAsync(DocumentPartition partition, string id, CancellationToken cancellationToken) => await Store.FindAsync(partition, id, cancellationToken);

        public async Task<bool> TryWriteAsync(DocumentPartition partition, IReadOnlyList<DocumentWrite> writes, CancellationToken cancellationToken) => await Store.TryWriteAsync(partition, writes, cancellationToken);

        public async Task<IReadOnlyList<Document>> ListAsync(DocumentPartition partition, DocumentRange range, CancellationToken cancellationToken) => await Store.ListAsync(partition, range, cancellationToken);

        public IAsyncEnumerable<string> ListPartitionsAsync(string collection, CancellationToken cancellationToken) => Store.ListPartitionsAsync(collection, cancellationToken);

        public async Task DeleteAllAsync(DocumentPartition partition, CancellationToken cancellationToken) => await Store.DeleteAllAsync(partition, cancellationToken);
    }
}
