using CodeExec.Core.Attempts;

namespace CodeExec.Core.Tests.Attempts;

public sealed class StudentAttemptsTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Standing_NoneMade_HasAllAndMayTryNow()
    {
        AttemptStanding standing = Made().Standing(new AttemptRules { Max = 5, Per = TimeSpan.FromHours(1), Total = 20 }, Now);

        Assert.Equal((5, 0, Now, true), (standing.Left, standing.Used, standing.NextAt, standing.MayTry));
    }

    [Fact]
    public void Standing_PauseIsNotOver_HasSomeLeftAndHasToWait()
    {
        AttemptStanding standing = Made(-10).Standing(new AttemptRules { Pause = TimeSpan.FromSeconds(30) }, Now);

        Assert.Equal((null, TimeSpan.FromSeconds(20), false), (standing.Left, standing.Wait, standing.MayTry));
    }

    [Fact]
    public void Standing_RulesBecameStricter_WaitsUntilEnoughAreOld()
    {
        AttemptStanding standing = Made(-3000, -2000, -1000).Standing(new AttemptRules { Max = 2, Per = TimeSpan.FromHours(1) }, Now);

        Assert.Equal((0, TimeSpan.FromSeconds(1600)), (standing.Left, standing.Wait)); // the second has to go too
    }

    [Fact]
    public void Standing_FewerInAllThanInTime_HasThose()
        => Assert.Equal(1, Made(-9000, -8000).Standing(new AttemptRules { Max = 5, Per = TimeSpan.FromHours(1), Total = 3 }, Now).Left);

    [Fact]
    public void Standing_FreeOnes_DoNotCountAndMakeNobodyWait()
    {
        StudentAttempts made = Made(-10).Set("0", "0", AttemptState.Free);

        Assert.True(made.Standing(new AttemptRules { Max = 1, Pause = TimeSpan.FromMinutes(1) }, Now).MayTry);
    }

    [Fact]
    public void With_MoreThanAreKept_StillCountsThemAll()
    {
        StudentAttempts made = Made([.. Enumerable.Range(-700, 700)]);

        Assert.Equal(StudentAttempts.MostKept, made.Attempts.Count);
        Assert.Equal((700, 300), (made.Standing(new AttemptRules { Max = 1000 }, Now).Used, made.Standing(new AttemptRules { Max = 1000 }, Now).Left));
    }

    private static StudentAttempts Made(params int[] seconds)
        => seconds.Index().Aggregate(
            new StudentAttempts { Student = "ann" },
            (all, one) => all.With(new Attempt { Id = $"{one.Index}", Work = $"{one.Index}", At = Now.AddSeconds(one.Item), State = AttemptState.Counted }));
}
