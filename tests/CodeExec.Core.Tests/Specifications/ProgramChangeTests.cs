using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications.Incremental;

namespace CodeExec.Core.Tests.Specifications;

public sealed class ProgramChangeTests
{
    private const string Before = "import sys\n\ndef low(x):\n    return x\n\ndef high(x):\n    return low(x)\n\ndef other(x):\n    return -x\n\nprint(high(1), other(1))\n";

    [Fact]
    public void Between_CommentsAndEmptyLines_AreNoChange()
        => Assert.False(Change(Before.Replace("def low", "\n# about low\ndef low", StringComparison.Ordinal)).Any);

    [Fact]
    public void Between_OneFunction_TouchesItAndWhoCallsIt()
    {
        ProgramChange change = Change(Before.Replace("return x\n", "return x + 0\n", StringComparison.Ordinal));

        Assert.True(change.Touches(["low()"]));
        Assert.True(change.Touches(["high()"]));
        Assert.False(change.Touches(["other()"]));
        Assert.True(change.Touches([]));
        Assert.True(change.Touches(["main.py"]));
        Assert.True(change.Touches(["no_such_function()"])); // better once too often
    }

    [Fact]
    public void Between_CodeOutsideOfFunctions_TouchesAllOfThem()
        => Assert.True(Change(Before.Replace("import sys", "import os", StringComparison.Ordinal)).Touches(["other()"]));

    [Fact]
    public void Between_OtherFile_LeavesTestsOfThisOneAlone()
    {
        SourceFile[] before = [SourceFile.Read("main.py", "python", Before), SourceFile.Read("lib/a.py", "python", "A = 1\n")];
        SourceFile[] now = [before[0], SourceFile.Read("lib/a.py", "python", "A = 2\n")];

        ProgramChange change = ProgramChange.Between(before, now, othersAreEqual: true);

        Assert.False(change.Touches(["main.py"]));
        Assert.True(change.Touches(["lib/"]));
        Assert.True(ProgramChange.Between(before, before, othersAreEqual: false).Touches(["main.py"]));
    }

    [Fact]
    public void Between_IndentationOfPython_IsAChange()
        => Assert.True(Change(Before.Replace("print(high", " print(high", StringComparison.Ordinal)).Any);

    private static ProgramChange Change(string now)
        => ProgramChange.Between([SourceFile.Read("main.py", "python", Before)], [SourceFile.Read("main.py", "python", now)], othersAreEqual: true);
}
