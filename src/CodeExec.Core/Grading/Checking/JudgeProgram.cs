using CodeExec.Core.Executions;

namespace CodeExec.Core.Grading.Checking;

/// <summary>
/// A checker or an interactor, checked like a submission. It is started with the paths of the input, of the output and of the answer, and
/// says by its exit code what it found, as testlib has it: 0 right, 1 wrong, 2 ill-formed, 3 the checker failed, 7 points (on stderr).
/// </summary>
public sealed record JudgeProgram
{
    public required string Language { get; init; }

    public required string Version { get; init; }

    public required IReadOnlyList<SourceFile> Files { get; init; }

    public required string Entry { get; init; }

    public required ResourceLimits Limits { get; init; }

    public required ResourceLimits CompileLimits { get; init; }

    public IReadOnlyList<string> CompileArgs { get; init; } = [];
}
