using System.Text;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Languages.Loading;
using CodeExec.Core.Tests.Languages;
using CodeExec.Protocol;

namespace CodeExec.Core.Tests.Grading;

public sealed class JudgeWordsTests
{
    private const decimal Points = 20;

    public static TheoryData<int, string?, string?, Verdict, double> Scores => new()
    {
        { 42, null, null, Verdict.Accepted, 1 },
        { 42, "20", null, Verdict.Accepted, 1 },
        { 42, "5\n", null, Verdict.PartiallyCorrect, 0.25 },
        { 42, "1e1", null, Verdict.PartiallyCorrect, 0.5 },
        { 42, "99", null, Verdict.Accepted, 1 },
        { 42, "0", null, Verdict.WrongAnswer, 0 },
        { 42, "-3", null, Verdict.WrongAnswer, 0 },
        { 42, "many", null, Verdict.CheckerError, 0 },
        { 42, "", null, Verdict.CheckerError, 0 },
        { 42, null, "0.75", Verdict.PartiallyCorrect, 0.75 },
        { 42, "5", "0.75", Verdict.PartiallyCorrect, 0.25 },
        { 43, "20", null, Verdict.WrongAnswer, 0 },
        { 1, "20", null, Verdict.CheckerError, 0 },
    };

    [Theory]
    [MemberData(nameof(Scores))]
    public void Read_IcpcWithAScore_GivesThatPartOfThePoints(int exitCode, string? score, string? multiplier, Verdict verdict, double fraction)
    {
        List<JobFile> files = [];
        Add(files, "score.txt", score);
        Add(files, "score_multiplier.txt", multiplier);

        CheckResult result = Read(exitCode, "", files);

        Assert.Equal((verdict, (decimal)fraction), (result.Verdict, result.Fraction));
    }

    [Theory]
    [InlineData(42)]
    [InlineData(43)]
    [InlineData(9)]
    public void Read_IcpcWithWords_TellsTheTeamOnlyWhatIsForTeams(int exitCode)
    {
        List<JobFile> files = [];
        Add(files, "judgemessage.txt", "expected 7");
        Add(files, "teammessage.txt", "look at large numbers");

        CheckResult result = Read(exitCode, "on stderr", files);

        Assert.Equal("expected 7", result.JudgeMessage);
        Assert.Equal(exitCode == 9 ? "The checker failed (exit code 9)." : "look at large numbers", result.Message);
    }

    [Fact]
    public void Read_IcpcWithoutFiles_TakesStderrForJudges()
    {
        CheckResult result = Read(43, "expected 7", []);

        Assert.Equal((null, "expected 7"), (result.Message, result.JudgeMessage));
    }

    [Fact]
    public void Read_IcpcWithAScoreThatIsNoNumber_SaysSo()
    {
        List<JobFile> files = [];
        Add(files, "score.txt", "many");
        Add(files, "teammessage.txt", "well done");

        Assert.Equal("The checker wrote no number into score.txt.", Read(42, "", files).Message);
    }

    [Theory]
    [InlineData("  File \"/workspace/main.py\", line 3\n    SECRET (\n           ^\nSyntaxError: '(' was never closed\n", "SyntaxError")]
    [InlineData("Traceback (most recent call last):\n  File \"/workspace/main.py\", line 1\nKeyError: 'SECRET'\n", "KeyError")]
    public void Read_TestlibThatDiedOfAnError_FailsAndTellsItsAuthorAlone(string stderr, string error)
    {
        CheckResult result = ReadPython(stderr);

        Assert.Equal((Verdict.CheckerError, $"The checker failed ({error})."), (result.Verdict, result.Message));
        Assert.Contains("SECRET", result.JudgeMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_TestlibThatDiedDeepInside_HasFailedThoughItsWordsAreCut()
    {
        string frames = string.Concat(Enumerable.Repeat("  File \"/workspace/main.py\", line 7, in visit\n    visit(child)\n", 100));

        CheckResult result = ReadPython($"Traceback (most recent call last):\n{frames}ValueError: boom\n");

        Assert.Equal((Verdict.CheckerError, "The checker failed (ValueError)."), (result.Verdict, result.Message));
        Assert.InRange(result.JudgeMessage!.Length, 1, JudgeSaid.Shown);
    }

    [Fact]
    public void Read_TestlibAtALimit_SaysWhichInWords()
        => Assert.Equal("The checker failed (its limit of wall time).", JudgeWords.Read(new CaseFacts(null, 9, ResourceLimit.WallTime), JudgeProtocol.Testlib, JudgeSaid.Nothing, Points, "checker").Message);

    [Fact]
    public void Read_TestlibWithPointsAsPythonPrintsSmallOnes_GivesThem()
        => Assert.Equal(
            (Verdict.PartiallyCorrect, 0.05m / Points),
            (ReadPython("points 5e-02 nearly", 7).Verdict, ReadPython("points 5e-02 nearly", 7).Fraction));

    [Fact]
    public void Of_LongMessage_IsCutBetweenCharacters()
    {
        List<JobFile> files = [];
        Add(files, "teammessage.txt", "x" + new string('\u00e9', 2000));

        Assert.Equal("x" + new string('\u00e9', (JudgeSaid.Shown - 1) / 2), JudgeSaid.Of([], files).TeamMessage);
    }

    private static CheckResult Read(int exitCode, string stderr, List<JobFile> files)
        => JudgeWords.Read(new CaseFacts(exitCode, null, null), JudgeProtocol.Icpc, JudgeSaid.Of(Encoding.UTF8.GetBytes(stderr), files), Points, "checker");

    private static CheckResult ReadPython(string stderr, int exitCode = 1) => JudgeWords.Read(
        new CaseFacts(exitCode, null, null),
        JudgeProtocol.Testlib,
        JudgeSaid.Of(Encoding.UTF8.GetBytes(stderr), []),
        Points,
        "checker",
        LanguageFiles.Load(RepositoryFolder.Languages).Find("python")!.Failure);

    private static void Add(List<JobFile> files, string name, string? text)
    {
        if (text is not null)
        {
            files.Add(new JobFile("judge-data/0/feedback/" + name, Encoding.UTF8.GetBytes(text)));
        }
    }
}
