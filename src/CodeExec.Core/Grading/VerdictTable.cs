using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading.Checking;

namespace CodeExec.Core.Grading;

/// <summary>The one table from what happened to a verdict.</summary>
public static class VerdictTable
{
    /// <returns>Null when the program ended well: its output decides.</returns>
    public static Verdict? OfRun(CaseFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { Limit: ResourceLimit.WallTime or ResourceLimit.CpuTime } => Verdict.TimeLimit,
            { Limit: ResourceLimit.Memory } => Verdict.MemoryLimit,
            { Limit: ResourceLimit.Output } => Verdict.OutputLimit,
            { Limit: ResourceLimit.Processes or ResourceLimit.Workspace or ResourceLimit.FileSize } => Verdict.RuntimeError,
            { StartError: not null } => Verdict.RuntimeError, // a script that is no program, a class without main: theirs
            { Signal: not null } => Verdict.RuntimeError,
            { ExitCode: 0 } => null,
            { ExitCode: not null } => Verdict.RuntimeError,
            _ => Verdict.InternalError, // neither a code nor a signal: the runner owes us an end
        };
    }

    /// <summary>What the end of testlib's checkers means. Others' exit codes are read the same way.</summary>
    /// <param name="facts">Of the checker.</param>
    /// <returns>Null for a checker that gives points: it says how many.</returns>
    public static Verdict? OfChecker(CaseFacts facts, JudgeProtocol protocol = JudgeProtocol.Testlib)
    {
        ArgumentNullException.ThrowIfNull(facts);
        return facts switch
        {
            { Limit: not null } or { Signal: not null } or { StartError: not null } => Verdict.CheckerError,
            _ when protocol == JudgeProtocol.Icpc => facts.ExitCode switch { 42 => Verdict.Accepted, 43 => Verdict.WrongAnswer, _ => Verdict.CheckerError },
            { ExitCode: 0 } => Verdict.Accepted,
            { ExitCode: 1 } => Verdict.WrongAnswer,
            { ExitCode: 2 or 4 or 8 } => Verdict.PresentationError, // 4: more output than asked for, 8: less
            { ExitCode: 7 } => null,
            _ => Verdict.CheckerError, // 3: the author's own "I failed"
        };
    }
}
