using CodeExec.Containers.Aci.Arm;
using CodeExec.Containers.Aci.Quotas;
using CodeExec.Contracts.Time;

namespace CodeExec.Containers.Aci.Tests;

public sealed class RegionRoomTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly AciOptions _options = new() { CreationsPerFiveMinutes = 3, CreationsPerHour = 5, MaxGroups = 100 };

    [Fact]
    public void TryTake_FiveMinutesAreSpent_SaysWhenTheFirstOfThemIsOver()
    {
        RegionRoom room = NewRoom();
        Take(room, 1);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Take(room, 2);

        Assert.False(room.TryTake(NewName()));
        Assert.Equal(TimeSpan.FromMinutes(4), room.Wait);

        _clock.Advance(TimeSpan.FromMinutes(4));
        Assert.True(room.TryTake(NewName()));
        Assert.Equal(TimeSpan.FromMinutes(1), room.Wait);
    }

    [Fact]
    public void TryTake_TheHourIsSpent_SaysWhenTheFirstOfItIsOver()
    {
        RegionRoom room = NewRoom();
        Take(room, 3);
        _clock.Advance(TimeSpan.FromMinutes(10));
        Take(room, 2);
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal(TimeSpan.FromMinutes(40), room.Wait);
    }

    [Fact]
    public void TryTake_AllGroupsAreThere_WaitsForOneToLeave()
    {
        _options.MaxGroups = 1;
        RegionRoom room = NewRoom();
        Assert.True(room.TryTake("a"));
        Assert.False(room.TryTake(NewName()));

        room.Leave("a");
        room.Leave("a"); // once is enough

        Assert.True(room.TryTake(NewName()));
    }

    [Fact]
    public void Compare_OthersMadeSomeAndOneOfOursIsGone_CountsWhatIsThere()
    {
        _options.MaxGroups = 3;
        RegionRoom room = NewRoom();
        Assert.True(room.TryTake("ours"));
        Assert.True(room.TryTake("left"));
        room.HasMade("ours");
        room.HasMade("left");
        IReadOnlyList<string> known = room.Groups;
        Assert.True(room.TryTake("just-asked-for"));
        Assert.True(room.IsFullOfGroups);

        room.Compare(known, new HashSet<string> { "ours" });
        Assert.False(room.IsFullOfGroups);
        Assert.Equal(["ours"], room.Groups);

        room.Compare(room.Groups, new HashSet<string> { "ours", "another-hosts" });
        Assert.True(room.IsFullOfGroups);
    }

    [Fact]
    public void Learn_OthersHaveSpentTheQuota_CountsForThisHostToo()
    {
        RegionRoom room = NewRoom();
        Take(room, 1);
        _clock.Advance(TimeSpan.FromMinutes(2));

        room.Learn(new RemainingCreations(0, 100));

        Assert.Equal(TimeSpan.FromMinutes(3), room.Wait);
    }

    [Fact]
    public void Close_AzureSaidWhen_IsThen()
    {
        RegionRoom room = NewRoom();

        room.Close(TimeSpan.FromSeconds(77));

        Assert.Equal(TimeSpan.FromSeconds(77), room.Wait);
    }

    private RegionRoom NewRoom() => new(new AciRegion { Name = "westeurope" }, _options, _clock);

    private static string NewName() => Guid.NewGuid().ToString("n");

    private static void Take(RegionRoom room, int times) => Assert.All(Enumerable.Range(0, times), _ => Assert.True(room.TryTake(NewName())));
}
