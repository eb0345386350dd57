using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Tests.Grading;

public sealed class TestSelectionTests
{
    private static readonly TestSuite Suite = new()
    {
        Tests = [new() { Id = "1", Group = "a" }, new() { Id = "2", Group = "b", Hidden = true }, new() { Id = "3", Hidden = true }],
        Groups = [new() { Id = "a" }, new() { Id = "b", DependsOn = ["a"] }],
    };

    [Fact]
    public void Of_NoIds_LeavesWhatIsNotHidden()
    {
        TestSuite samples = new TestSelection(null).Of(Suite);

        Assert.Equal(["1"], samples.Tests.Select(test => test.Id));
        Assert.Equal(["a"], samples.Groups.Select(group => group.Id));
    }

    [Fact]
    public void Of_TestOfADependentGroup_DependsOnNothingThatIsNotRun()
    {
        TestSuite one = new TestSelection(["2"]).Of(Suite);

        TestGroup group = Assert.Single(one.Groups);
        Assert.Equal(("2", "b", 0), (Assert.Single(one.Tests).Id, group.Id, group.DependsOn.Count));
        Assert.Null(new TestOrder(one).ReasonToSkip(one.Tests[0]));
    }
}
