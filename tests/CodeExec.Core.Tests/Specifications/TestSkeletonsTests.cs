using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Skeletons;

namespace CodeExec.Core.Tests.Specifications;

public sealed class TestSkeletonsTests
{
    private static readonly SpecificationContent Content = new()
    {
        Requirements = [new("R1", "adds"), new("R2", "prints \"bye\" for \"exit\"? no: for \"exit\" it prints \"bye\""), new("R3", "is fast")],
        Criteria =
        [
            new() { Id = "R1.1", RequirementId = "R1", Text = "adds", Examples = [new("1 2", "3"), new("0 0", "0")] },
            new() { Id = "R1.2", RequirementId = "R1", Text = "x", When = "\"5 5\" is given", Then = "\"10\" is printed" },
            new() { Id = "R1.3", RequirementId = "R1", Text = "tested already" },
            new() { Id = "R1.4", RequirementId = "R1", Text = "nobody says how" },
        ],
        Suite = new SubmittedSuite { Tests = [new() { Id = "t", RequirementIds = ["R1.3"] }] },
    };

    [Fact]
    public void For_Criteria_TakesExamplesThenQuotesThenSaysWhatIsMissing()
        => Assert.Equal(
            ["R1.1-1|1 2|3|", "R1.1-2|0 0|0|", "R1.2|5 5|10|", "R1.4|||stdin,expected", "R2|bye|bye|", "R3|||stdin,expected"],
            TestSkeletons.For(Content).Select(one => $"{one.Id}|{one.Stdin}|{one.Expected}|{string.Join(',', one.Missing)}"));

    [Theory]
    [InlineData("python", "self.assertEqual(self.run_program(\"1 2\").rstrip(), \"3\")")]
    [InlineData("javascript", "assert.strictEqual(run(\"1 2\").trimEnd(), \"3\");")]
    [InlineData("go", "got := run(t, \"1 2\"); got != \"3\"")]
    [InlineData("java", "assertEquals(\"3\", run(\"1 2\"));")]
    public void Make_EachLanguage_AsksTheProgramAndSkipsWhatIsOpen(string language, string expected)
    {
        string source = SkeletonSources.Make(language, TestSkeletons.For(Content))!;

        Assert.Contains(expected, source, StringComparison.Ordinal);
        Assert.Contains("the specification does not say: stdin, expected", source, StringComparison.Ordinal);
        Assert.Null(SkeletonSources.Make("cobol", []));
    }
}
