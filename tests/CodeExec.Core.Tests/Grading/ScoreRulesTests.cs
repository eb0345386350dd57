using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Tests.Grading;

public sealed class ScoreRulesTests
{
    private static readonly Verdict[] Judged = [Verdict.Accepted, Verdict.WrongAnswer, Verdict.TimeLimit, Verdict.PartiallyCorrect, Verdict.Skipped, Verdict.InternalError];

    [Fact]
    public void Of_AllAccepted_IsAcceptedWithAllPoints()
    {
        Score score = Of(Suite(Test("1", 3), Test("2", 7)), Verdict.Accepted, Verdict.Accepted);

        Assert.Equal((Verdict.Accepted, 10m, 10m, 2, 2, null), (score.Verdict, score.Points, score.MaxPoints, score.Passed, score.Total, score.FirstFailure));
    }

    [Fact]
    public void Of_SomeFailed_IsPartiallyCorrectAndNamesTheFirst()
    {
        Score score = Of(Suite(Test("1", 3), Test("2", 7), Test("3", 1)), Verdict.Accepted, Verdict.TimeLimit, Verdict.WrongAnswer);

        Assert.Equal((Verdict.PartiallyCorrect, 3m, "2"), (score.Verdict, score.Points, score.FirstFailure));
    }

    [Fact]
    public void Of_StopsAtTheFirstFailure_HasTheVerdictOfThatTest()
    {
        Score score = Of(Suite(Test("1"), Test("2"), Test("3")) with { StopOn = StopOn.FirstFailure }, Verdict.Accepted, Verdict.WrongAnswer, Verdict.Skipped);

        Assert.Equal(Verdict.WrongAnswer, score.Verdict);
    }

    [Fact]
    public void Of_OneTestThatWeFailedToJudge_IsNeverAVerdictAboutTheSubmission()
    {
        Score score = Of(Suite(Test("1"), Test("2"), Test("3")), Verdict.WrongAnswer, Verdict.InternalError, Verdict.Accepted);

        Assert.Equal((Verdict.InternalError, "2"), (score.Verdict, score.FirstFailure));
    }

    [Fact]
    public void Of_GroupOfAllOrNothing_GivesNothingForLess()
    {
        TestSuite suite = Suite(Test("1", group: "a"), Test("2", group: "a"), Test("3", 5)) with
        {
            Groups = [new TestGroup { Id = "a", Points = 30, Scoring = GroupScoring.AllOrNothing }],
        };

        Assert.Equal((5m, 35m), Points(Of(suite, Verdict.Accepted, Verdict.WrongAnswer, Verdict.Accepted)));
        Assert.Equal((35m, 35m), Points(Of(suite, Verdict.Accepted, Verdict.Accepted, Verdict.Accepted)));
    }

    [Fact]
    public void Of_GroupByItsMinimum_GivesThePartOfItsWorstTest()
    {
        TestSuite suite = Suite(Test("1", group: "a"), Test("2", group: "a")) with
        {
            Groups = [new TestGroup { Id = "a", Points = 40, Scoring = GroupScoring.Minimum }],
        };
        Score score = ScoreRules.Of(suite, [Result(suite.Tests[0], Verdict.Accepted, 1), Result(suite.Tests[1], Verdict.PartiallyCorrect, 0.25m)]);

        Assert.Equal((10m, 40m), Points(score));
        Assert.Equal(Verdict.PartiallyCorrect, score.Groups.Single().Verdict);
    }

    [Fact]
    public void Of_AnyResults_StaysWithinBoundsAndGivesAllForAllAccepted()
    {
        Random random = new(5);
        for (int i = 0; i < 1000; i++)
        {
            TestSuite suite = RandomSuite(random);
            List<TestResult> results = [.. suite.Tests.Select(test => RandomResult(random, test))];
            Score score = ScoreRules.Of(suite, results);

            Assert.InRange(score.Points, 0, score.MaxPoints);
            Assert.Equal(suite.Tests.Count, score.Verdicts.Values.Sum());
            Assert.Equal(results.All(result => result.Verdict == Verdict.Accepted), score.Verdict == Verdict.Accepted);
            Assert.Equal(results.Any(result => result.Verdict == Verdict.InternalError), score.Verdict == Verdict.InternalError);

            Score best = ScoreRules.Of(suite, [.. suite.Tests.Select(test => Result(test, Verdict.Accepted, 1))]);
            Assert.Equal(best.MaxPoints, best.Points);
            Assert.Equal(score.MaxPoints, best.MaxPoints);
        }
    }

    [Fact]
    public void ReasonToSkip_DependsOnAGroupThatFailed_IsSaid()
    {
        GradedTest first = Test("1", group: "a"), second = Test("2", group: "b"), third = Test("3", group: "c");
        TestOrder order = new(Suite(first, second, third) with
        {
            Groups = [new TestGroup { Id = "a" }, new TestGroup { Id = "b", DependsOn = ["a"] }, new TestGroup { Id = "c", DependsOn = ["b"] }],
        });

        Assert.Null(order.ReasonToSkip(second));
        order.Note(first, Verdict.WrongAnswer);

        Assert.Contains("Group a", order.ReasonToSkip(second)!, StringComparison.Ordinal);
        Assert.Contains("Group b", order.ReasonToSkip(third)!, StringComparison.Ordinal);
        Assert.Null(order.ReasonToSkip(first));
    }

    [Fact]
    public void ReasonToSkip_GroupEndsAtItsFirstFailure_OthersGoOn()
    {
        GradedTest a1 = Test("1", group: "a"), a2 = Test("2", group: "a"), b = Test("3", group: "b");
        TestOrder order = new(Suite(a1, a2, b) with { StopOn = StopOn.Group });
        order.Note(a1, Verdict.TimeLimit);

        Assert.NotNull(order.ReasonToSkip(a2));
        Assert.Null(order.ReasonToSkip(b));
    }

    [Fact]
    public void Sort_GroupThatDependsOnALaterOne_ComesAfterIt()
    {
        TestSuite suite = Suite(Test("1", group: "b"), Test("2"), Test("3", group: "a"), Test("4", group: "b")) with
        {
            Groups = [new TestGroup { Id = "b", DependsOn = ["a"] }, new TestGroup { Id = "a" }],
        };

        Assert.Equal(["2", "3", "1", "4"], TestOrder.Sort(suite).Select(test => test.Id));
    }

    private static TestSuite Suite(params GradedTest[] tests) => new() { Tests = tests };

    private static GradedTest Test(string id, decimal points = 1, string? group = null) => new() { Id = id, Points = points, Group = group };

    private static TestResult Result(GradedTest test, Verdict verdict, decimal fraction) => new()
    {
        Id = test.Id,
        Group = test.Group,
        Verdict = verdict,
        Fraction = fraction,
        Points = ScoreRules.PointsOf(test, fraction),
        MaxPoints = test.Points,
    };

    private static Score Of(TestSuite suite, params Verdict[] verdicts)
        => ScoreRules.Of(suite, [.. suite.Tests.Zip(verdicts, (test, verdict) => Result(test, verdict, verdict == Verdict.Accepted ? 1 : 0))]);

    private static (decimal, decimal) Points(Score score) => (score.Points, score.MaxPoints);

    private static TestSuite RandomSuite(Random random)
    {
        string?[] groups = [null, "a", "b", "c"];
        return Suite([.. Enumerable.Range(1, random.Next(1, 12)).Select(i => Test($"{i}", random.Next(0, 5), groups[random.Next(4)]))]) with
        {
            Groups = [.. new[] { "a", "b" }.Select(id => new TestGroup
            {
                Id = id,
                Points = random.Next(3) == 0 ? null : random.Next(0, 50),
                Scoring = (GroupScoring)random.Next(3),
            })],
        };
    }

    private static TestResult RandomResult(Random random, GradedTest test)
    {
        Verdict verdict = Judged[random.Next(Judged.Length)];
        return Result(test, verdict, verdict switch { Verdict.Accepted => 1, Verdict.PartiallyCorrect => 0.5m, _ => 0 });
    }
}
