using CodeExec.Core.Executions;

namespace CodeExec.Core.Grading.Checking;

/// <summary>
/// A checker or an interactor, itself checked like a submission. It is given the paths of the input, of the output and of the answer, and says by its
/// exit code what it found, as testlib has it: 0 right, 1 wrong, 2 ill-formed, 3 the checker failed, 7 points (on stderr).
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

    /// <summary>After those of its protocol.</summary>
    public IReadOnlyList<string> Args { get; init; } = [];

    public JudgeProtocol Protocol { get; init; }

    /// <summary>What runs it as a submission would be.</summary>
    internal ExecutionSpec ToExecution(string provider) => new()
    {
        Language = Language,
        Version = Version,
        Files = Files,
        Entry = Entry,
        Limits = Limits,
        CompileLimits = CompileLimits,
        CompileArgs = CompileArgs,
        Provider = provider,
    };
}

/// <summary>How a judge's program is started, and what its exit codes mean.</summary>
public enum JudgeProtocol
{
    /// <summary>Arguments: input, output, answer. Exit codes 0, 1, 2, 3 and 7.</summary>
    Testlib,

    /// <summary>Arguments: input, answer, a folder for feedback; the output is its stdin. Exit code 42 is right, 43 is wrong.</summary>
    Icpc,
}
