using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Limits;

public sealed class LimitVerdictTests
{
    private static CaseFacts Fine { get; } = new() { Limits = TestJobs.Limits, Exit = Exited(0) };

    private static CaseFacts Failed { get; } = Fine with { Exit = Exited(1) };

    private static CaseFacts Killed { get; } = Fine with { Exit = new ProcessExit(1, null, SignalNumber.Kill, default, 0) };

    [Fact]
    public void Of_EndedWell_NamesNone() => Assert.Null(LimitVerdict.Of(Fine));

    [Fact]
    public void Of_FailedOrKilledByNobodyWeKnow_NamesNone()
    {
        Assert.Null(LimitVerdict.Of(Failed));
        Assert.Null(LimitVerdict.Of(Killed));
        Assert.Null(LimitVerdict.Of(Fine with { Exit = Exited(137) }));
    }

    [Fact]
    public void Of_OutOfMemory_NamesMemoryOnlyIfItFailed()
    {
        Assert.Equal(LimitKind.Memory, LimitVerdict.Of(Killed with { OutOfMemory = true }));
        Assert.Equal(LimitKind.Memory, LimitVerdict.Of(Failed with { OutOfMemory = true }));
        Assert.Null(LimitVerdict.Of(Fine with { OutOfMemory = true }));
    }

    [Theory]
    [InlineData(SignalNumber.SegmentationFault, 0, null, LimitKind.Memory)]
    [InlineData(SignalNumber.SegmentationFault, -1, null, null)] // a pointer that leads nowhere
    [InlineData(SignalNumber.SegmentationFault, 0, 64 << 10, null)] // the end of a small stack
    [InlineData(SignalNumber.Kill, 0, null, null)]
    public void Of_FaultWithAllMemoryUsedUp_NamesMemoryWhereTheStackIsAsLarge(int signal, long beyond, int? stack, LimitKind? expected)
    {
        JobLimits limits = TestJobs.Limits with { StackBytes = stack };

        Assert.Equal(expected, LimitVerdict.Of(Killed with { Limits = limits, Exit = new ProcessExit(1, null, signal, default, 0), PeakBytes = limits.MemoryBytes + beyond }));
    }

    [Fact]
    public void Of_ForkRefused_NamesProcessesOnlyIfItFailed()
    {
        Assert.Equal(LimitKind.Processes, LimitVerdict.Of(Failed with { ForkRefused = true }));
        Assert.Null(LimitVerdict.Of(Fine with { ForkRefused = true }));
    }

    [Fact]
    public void Of_WorkspaceFull_NamesWorkspaceOnlyIfItFailed()
    {
        Assert.Equal(LimitKind.Workspace, LimitVerdict.Of(Failed with { WorkspaceFull = true }));
        Assert.Null(LimitVerdict.Of(Fine with { WorkspaceFull = true }));
    }

    [Theory]
    [InlineData(LimitKind.WallTime)]
    [InlineData(LimitKind.CpuTime)]
    [InlineData(LimitKind.Output)]
    [InlineData(LimitKind.Processes)]
    public void Of_KilledForALimit_NamesIt(LimitKind limit) =>
        Assert.Equal(limit, LimitVerdict.Of(Killed with { KilledFor = limit, ForkRefused = true, WorkspaceFull = true }));

    [Fact]
    public void Of_AFileAtItsLimit_NamesItOnlyIfItFailedAndTheWorkspaceWhereThatIsTheLimit()
    {
        CaseFacts withLimit = Failed with { FileAtItsLimit = true, Limits = TestJobs.Limits with { FileBytes = 1 } };
        Assert.Equal(LimitKind.FileSize, LimitVerdict.Of(withLimit));
        Assert.Equal(LimitKind.FileSize, LimitVerdict.Of(withLimit with { FileAtItsLimit = false, Exit = new ProcessExit(1, null, SignalNumber.FileSizeExceeded, default, 0) }));
        Assert.Null(LimitVerdict.Of(withLimit with { Exit = Exited(0) }));
        Assert.Equal(LimitKind.Workspace, LimitVerdict.Of(withLimit with { Limits = TestJobs.Limits }));
    }

    [Fact]
    public void Of_WhateverHappensInTheGraceAfterItsTime_NamesTheTime()
    {
        JobLimits limits = TestJobs.Limits with { GraceMs = 1000 };
        CaseFacts late = Killed with { Limits = limits, Cpu = TimeSpan.FromMilliseconds(limits.CpuMs + 1) };
        Assert.Equal(LimitKind.CpuTime, LimitVerdict.Of(late with { OutOfMemory = true }));
        Assert.Equal(LimitKind.CpuTime, LimitVerdict.Of(late with { KilledFor = LimitKind.Output, OutputCut = true }));
        Assert.Equal(LimitKind.WallTime, LimitVerdict.Of(late with { Cpu = default, Wall = TimeSpan.FromMilliseconds(limits.WallMs + 1), OutOfMemory = true }));
        Assert.Equal(LimitKind.Memory, LimitVerdict.Of(late with { Cpu = TimeSpan.FromMilliseconds(limits.CpuMs), OutOfMemory = true }));
    }

    [Fact]
    public void Of_CrossedBetweenTwoLooks_NamesTheLimitThoughItEndedWell()
    {
        Assert.Equal(LimitKind.CpuTime, LimitVerdict.Of(Fine with { Cpu = TimeSpan.FromMilliseconds(TestJobs.Limits.CpuMs + 1) }));
        Assert.Equal(LimitKind.WallTime, LimitVerdict.Of(Fine with { Wall = TimeSpan.FromMilliseconds(TestJobs.Limits.WallMs + 1) }));
        Assert.Equal(LimitKind.Output, LimitVerdict.Of(Fine with { OutputCut = true }));
        Assert.Equal(LimitKind.Memory, LimitVerdict.Of(Fine with { UnlimitedPeakBytes = TestJobs.Limits.MemoryBytes + 1 }));
    }

    [Fact]
    public void Of_ExactlyAtALimit_NamesNone() => Assert.Null(LimitVerdict.Of(Fine with
    {
        Cpu = TimeSpan.FromMilliseconds(TestJobs.Limits.CpuMs),
        Wall = TimeSpan.FromMilliseconds(TestJobs.Limits.WallMs),
        UnlimitedPeakBytes = TestJobs.Limits.MemoryBytes,
    }));

    private static ProcessExit Exited(int code) => new(1, code, null, default, 0);
}
