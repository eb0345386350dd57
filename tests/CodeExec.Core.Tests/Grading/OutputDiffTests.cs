using System.Text;
using CodeExec.Core.Grading;

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

    private static string? Make(string expected, string got) => OutputDiff.Make(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(got), cut: false);
}
