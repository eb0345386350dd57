using CodeExec.Bench.Simulation;

namespace CodeExec.Bench.Tests.Simulation;

public sealed class BatchSimulationTests
{
    private static readonly BatchSetting Setting = new(ShardSize: 50, ShardsAtOnce: 6, Pool: 90, ExecutionsPerGroup: 60);

    /// <summary>Kinds of weather: as usual, hardly any quota, everything breaks, nothing does, several regions, one place.</summary>
    public static TheoryData<string> Weathers => ["usual", "scarce", "breaking", "whole", "regions", "single"];

    [Theory]
    [MemberData(nameof(Weathers))]
    public void Run_TheSameSeed_GivesTheSameFigures(string weather)
        => Assert.Equal(BatchSimulation.Run(CloudOf(weather), Setting, 500, 7), BatchSimulation.Run(CloudOf(weather), Setting, 500, 7));

    [Fact]
    public void Run_AnotherSeed_GivesOtherFigures()
        => Assert.NotEqual(BatchSimulation.Run(new(), Setting, 500, 7), BatchSimulation.Run(new(), Setting, 500, 8));

    [Fact]
    public void Run_AKnownSeed_GivesTheFiguresOfAnyMachine()
    {
        BatchFigures figures = BatchSimulation.Run(new(), Setting, 1000, 1);

        Assert.Equal((1000, 1000, 0), (figures.Submissions, figures.Done, figures.GivenUp));
        Assert.Equal(654.684, figures.Seconds, 0.01);
        Assert.Equal(1010, figures.Deployments);
    }

    [Theory]
    [MemberData(nameof(Weathers))]
    public void Run_AnyWeather_LosesNothingAndInventsNothing(string weather)
    {
        Cloud cloud = CloudOf(weather);
        foreach (ulong seed in new ulong[] { 1, 2, 3 })
        {
            BatchFigures figures = BatchSimulation.Run(cloud, Setting, 700, seed);

            Assert.Equal(700, figures.Done + figures.GivenUp); // every submission came to one end
            Assert.Equal(figures.Deployments, figures.Done + figures.Lost + figures.FailedStarts + figures.Idle); // every start came to one thing
            Assert.Equal(figures.Created, figures.Deleted + figures.Lost); // every group is gone, and once
            Assert.True(figures.Lost >= 3 * figures.GivenUp, $"{figures.Lost} lost, {figures.GivenUp} given up");
            Assert.True(figures.MostGroups <= Math.Min(Setting.Pool, cloud.Places * cloud.Regions));
            Assert.True(figures.BusySeconds <= figures.BilledSeconds);
            Assert.Equal(figures.BilledSeconds * cloud.PerSecond, figures.Cost, 9);
            Assert.True(figures.BusySeconds / figures.MostGroups <= figures.Seconds); // nobody is at two places
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_GroupsForOneExecutionEach_AreAsManyAsExecutions(int regions)
    {
        Cloud cloud = CloudOf("whole") with { Regions = regions };

        BatchFigures figures = BatchSimulation.Run(cloud, Setting with { ExecutionsPerGroup = 1 }, 700, 1);

        Assert.Equal(700 + figures.Idle, figures.Created);
        int hours = (int)Math.Ceiling(figures.Seconds / 3600);
        Assert.InRange(figures.Created, 1, hours * (int)(cloud.CreationsPerHour * cloud.Share) * regions);
    }

    [Fact]
    public void Run_MoreExecutionsPerGroup_NeedsFewerCreations()
    {
        int[] created = [.. new[] { 1, 5, 20, 60 }.Select(uses => BatchSimulation.Run(new(), Setting with { ExecutionsPerGroup = uses }, 2000, 1).Created)];

        Assert.Equal(created.OrderDescending(), created);
        Assert.Equal(created.Distinct(), created);
    }

    [Fact]
    public void Run_AGroupThatIsTooOld_IsNotUsedAgain()
    {
        BatchFigures young = BatchSimulation.Run(CloudOf("whole") with { LongestUse = 1 }, Setting, 300, 1);

        Assert.Equal(young.Deployments, young.Created);
    }

    private static Cloud CloudOf(string weather) => weather switch
    {
        "scarce" => new() { CreationsPerFiveMinutes = 4, CreationsPerHour = 10, GroupsAtOnce = 12 },
        "breaking" => new() { FailsToStart = 0.3, IsLost = 0.4 },
        "whole" => new() { FailsToStart = 0, IsLost = 0 },
        "regions" => new() { Regions = 4, GroupsAtOnce = 20 },
        "single" => new() { GroupsAtOnce = 2, Share = 0.5 },
        _ => new(),
    };
}
