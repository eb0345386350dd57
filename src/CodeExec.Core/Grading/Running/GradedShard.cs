using CodeExec.Core.Executions.Results;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Running;

/// <summary>What came of one container with tests.</summary>
/// <param name="CompileFailed">Set when no test could run.</param>
/// <param name="Compiled">What the compiler made, for the next container.</param>
/// <param name="ToCheck">Ended well; a program has to look at what they wrote.</param>
internal sealed record GradedShard(ExecutionOutcome? CompileFailed, IReadOnlyList<JobFile>? Compiled, IReadOnlyList<OutputToCheck> ToCheck);

/// <summary>What a run of a test has written, for a program to look at.</summary>
internal sealed record OutputToCheck(TestRuns Runs, int Run, byte[] Output)
{
    public GradedTest Test => Runs.Test;
}
