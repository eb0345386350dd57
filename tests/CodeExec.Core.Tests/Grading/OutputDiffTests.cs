using System.Text;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Tests.Grading;

public sealed class OutputDiffTests
{
    [Fact]
    public void Make_AnotherLine_ShowsBothWithWhatStoodBefore()
        => Assert.Equal("line 3\n  a\n  b\n- c\n- d\n+ x\n+ d", Make("a\nb\nc\nd\n", "a\nb\nx\nd\n"));

    [Fact]
    public void Make_OutputEndsEarly_SaysSo() => Assert.Equal("line 2\n  a\n- b\n+ (ends here)", Make("a\nb\n", "a\n"));

    [Fact]
    public void Make_TheSame_IsNothing() => Assert.Null(Make("a\nb\n", "a\nb\n"));

    [Fact]
    public void Make_WhatCanNotBeSeen_IsMadeVisible()
    {
        string diff = Make("a\n", "a \u001b[31m\t \n")!;

        Assert.Contains("+ a ␛[31m␉·", diff, StringComparison.Ordinal);
        Assert.DoesNotContain(diff, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public void Make_VeryLongLine_IsCut() => Assert.InRange(Make(new string('a', 50_000), new string('b', 50_000))!.Length, 1, 500);

    [Fact]
    public void Make_WhiteSpaceThatDoesNotCount_IsNoDifference()
        => Assert.Equal("line 3\n  a\n  b\n- c\n+ x", Make("a\r\nb\nc", "a\nb  \nx\n", new CheckerSpec.Trimmed()));

    [Fact]
    public void Make_NumbersThatAreNearEnough_AreNoDifference()
        => Assert.Equal("line 2\n  0.5\n- 1.5\n+ 1.6", Make("0.5\n1.5\n", "0.5000001\n1.6\n", new CheckerSpec.Floats(1e-3, 0)));

    [Fact]
    public void Make_NoLineEndAndBytesCount_ShowsIt() => Assert.Equal("line 1\n- a\n+ a⏎̸", Make("a\n", "a"));

    [Fact]
    public void Make_WordsThatStandInOtherLines_ShowsWhereLinesPart()
        => Assert.Equal("line 1\n- 1 2\n- 3\n+ 1\n+ 2 4", Make("1 2\n3\n", "1\n2 4\n", new CheckerSpec.Tokens()));

    private static string? Make(string expected, string got, CheckerSpec? checker = null) => OutputDiff.Make(checker ?? new CheckerSpec.Exact(), Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(got), cut: false);
}
