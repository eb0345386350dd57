using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Grading.Interacting;

namespace CodeExec.Core.Tests.Grading.Interacting;

public sealed class InteractionTableTests
{
    private static readonly CaseFacts Well = new(0, null, null), Wrong = new(1, null, null), Crashed = new(null, 11, null), Points = new(7, null, null);
    private static readonly CaseFacts OutOfMemory = new(null, 9, ResourceLimit.Memory), OutOfTime = new(null, 9, ResourceLimit.CpuTime);

    /// <summary>Null: the interactor's word counts.</summary>
    internal static TheoryData<string, InteractionEnd, Verdict?> Ends => new()
    {
        { "both ended well", new() { Program = Well, Interactor = Well }, null },
        { "the program ended early and the interactor says so", new() { Program = Well, Interactor = Wrong }, null },
        { "the interactor rejected, and the program fell over that", new() { Program = Crashed, Interactor = Wrong, InteractorFirst = true }, null },
        { "the interactor rejected, and the program was stopped", new() { Interactor = Wrong, InteractorFirst = true }, null },
        { "the program failed, and the interactor missed the rest", new() { Program = Crashed, Interactor = Wrong }, Verdict.RuntimeError },
        { "the program failed, and the interactor fell over that", new() { Program = Crashed, Interactor = Crashed }, Verdict.RuntimeError },
        { "the interactor failed, and the program fell over that", new() { Program = Crashed, Interactor = Crashed, InteractorFirst = true }, null },
        { "the program failed after it was accepted", new() { Program = Crashed, Interactor = Well, InteractorFirst = true }, Verdict.RuntimeError },
        { "the program failed after it was given points", new() { Program = Crashed, Interactor = Points, InteractorFirst = true }, Verdict.RuntimeError },
        { "the program took too much memory", new() { Program = OutOfMemory, Interactor = Wrong }, Verdict.MemoryLimit },
        { "the program took too much processor time", new() { Program = OutOfTime, Interactor = Wrong }, Verdict.TimeLimit },
        { "the program ended well and the interactor failed over it", new() { Program = Well, Interactor = Crashed }, null },
        { "the program was silent, and the interactor waited for it", new() { Late = Speaker.Program, Interactor = Wrong }, Verdict.TimeLimit },
        { "the program was silent, and the interactor fell over its end", new() { Late = Speaker.Program, Interactor = Crashed }, Verdict.TimeLimit },
        { "both waited, the program had spoken last", new() { Late = Speaker.Interactor, Interactor = Wrong }, Verdict.TimeLimit },
        { "the program waited for an interactor that hangs", new() { Late = Speaker.Interactor, Interactor = OutOfTime }, null },
        { "the program waited for the first word of an interactor that hangs", new() { Late = Speaker.Program, Interactor = OutOfTime }, null },
        { "the program waited for the first word of a slow interactor", new() { Late = Speaker.Program, Interactor = Well, InteractorKeptItWaiting = true }, Verdict.CheckerError },
        { "the program went on for too long after it was accepted", new() { Late = Speaker.Program, Interactor = Well, InteractorFirst = true }, Verdict.TimeLimit },
    };

    [Fact]
    public void Of_HowTheyParted_IsItsVerdict()
        => Assert.All(Ends, row => Assert.Equal((row[0], (Verdict?)row[2]), (row[0], InteractionTable.Of((InteractionEnd)row[1], JudgeProtocol.Testlib)?.Verdict)));

    [Fact]
    public void Of_ProgramThatGoesOn_IsNotToldOfABuffer()
    {
        InteractionEnd end = new() { Late = Speaker.Program, Interactor = Well };

        Assert.Contains("buffer", InteractionTable.Of(end, JudgeProtocol.Testlib)!.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("buffer", InteractionTable.Of(end with { InteractorFirst = true }, JudgeProtocol.Testlib)!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_InteractorOfIcpc_IsReadByItsOwnExitCodes()
    {
        InteractionEnd end = new() { Program = Crashed, Interactor = new CaseFacts(43, null, null), InteractorFirst = true };

        Assert.Null(InteractionTable.Of(end, JudgeProtocol.Icpc));
        Assert.Equal(Verdict.RuntimeError, InteractionTable.Of(end with { Interactor = new CaseFacts(42, null, null) }, JudgeProtocol.Icpc)?.Verdict);
    }
}
