using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>
/// The one table for how two programs parted. Who ended first counts: the other one's end may be due to that alone. And an interactor that
/// failed is never the submitter's fault.
/// </summary>
internal static class InteractionTable
{
    /// <returns>Null when it is for the interactor to say.</returns>
    public static CheckResult? Of(InteractionEnd end, JudgeProtocol protocol)
    {
        Verdict? judged = VerdictTable.OfChecker(end.Interactor, protocol);
        Verdict? ran = end.Program is { } program ? VerdictTable.OfRun(program) : null;
        return end switch
        {
            { InteractorFirst: true } when judged is not (null or Verdict.Accepted) => null, // a broken pipe comes of that

            // It was told that no more would come: one that had been waiting for the program would have ended then.
            { Late: not null, Interactor.Limit: ResourceLimit.WallTime or ResourceLimit.CpuTime } => null,
            { Late: Speaker.Program, InteractorKeptItWaiting: true } => new(Verdict.CheckerError, 0, "The interactor kept the program waiting for its first word until the program's time was over."),
            { Late: Speaker.Program, InteractorFirst: true } => new(Verdict.TimeLimit, 0, "The interactor had ended, and it went on until its time was over."),
            { Late: Speaker.Program } => new(Verdict.TimeLimit, 0, "Its time ran out while it had its turn. If it waits for an answer: what it wrote may still be in a buffer that has to be flushed."),
            { Late: Speaker.Interactor } => new(Verdict.TimeLimit, 0, "It waited for an answer, and the interactor for the rest of what it was told: a line may not be ended, or a number be missing."),
            _ when ran is { } verdict => new(verdict, 0, end.Program!.StartError),
            _ => null,
        };
    }
}
