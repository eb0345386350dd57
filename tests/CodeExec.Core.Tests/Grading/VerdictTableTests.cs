using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Tests.Grading;

public sealed class VerdictTableTests
{
    [Theory]
    [InlineData(0, null, null, null)]
    [InlineData(1, null, null, Verdict.RuntimeError)]
    [InlineData(null, 11, null, Verdict.RuntimeError)]
    [InlineData(null, 9, ResourceLimit.WallTime, Verdict.TimeLimit)]
    [InlineData(null, 9, ResourceLimit.CpuTime, Verdict.TimeLimit)]
    [InlineData(null, 9, ResourceLimit.Memory, Verdict.MemoryLimit)]
    [InlineData(0, null, ResourceLimit.Memory, Verdict.MemoryLimit)]
    [InlineData(null, 9, ResourceLimit.Output, Verdict.OutputLimit)]
    [InlineData(1, null, ResourceLimit.Processes, Verdict.RuntimeError)]
    [InlineData(1, null, ResourceLimit.Workspace, Verdict.RuntimeError)]
    [InlineData(null, null, null, Verdict.InternalError)]
    public void OfRun_HowAProgramEnded_IsItsVerdict(int? code, int? signal, ResourceLimit? limit, Verdict? verdict)
        => Assert.Equal(verdict, VerdictTable.OfRun(new CaseFacts(code, signal, limit)));

    [Fact]
    public void OfRun_ProgramThatCouldNotBeStarted_IsARuntimeError()
        => Assert.Equal(Verdict.RuntimeError, VerdictTable.OfRun(new CaseFacts(127, null, null, "There is no such command.")));

    [Theory]
    [InlineData(0, Verdict.Accepted)]
    [InlineData(1, Verdict.WrongAnswer)]
    [InlineData(2, Verdict.PresentationError)]
    [InlineData(3, Verdict.CheckerError)]
    [InlineData(7, null)]
    [InlineData(42, Verdict.CheckerError)]
    public void OfChecker_ExitCodeOfTestlib_IsItsVerdict(int code, Verdict? verdict)
        => Assert.Equal(verdict, VerdictTable.OfChecker(new CaseFacts(code, null, null)));

    [Theory]
    [InlineData(null, 11, null)]
    [InlineData(1, null, ResourceLimit.WallTime)]
    [InlineData(0, null, ResourceLimit.Memory)]
    public void OfChecker_CheckerThatCrashedOrRanOut_IsNotTheSubmittersFault(int? code, int? signal, ResourceLimit? limit)
    {
        Verdict? verdict = VerdictTable.OfChecker(new CaseFacts(code, signal, limit));

        Assert.Equal(Verdict.CheckerError, verdict);
        Assert.True(verdict!.Value.IsNotTheSubmitters());
    }
}
