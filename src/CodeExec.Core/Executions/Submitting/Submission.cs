using CodeExec.Core.Callbacks;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Executions.Submitting;

/// <summary>What a client asks for, as it came: nothing in here has been checked.</summary>
public sealed record Submission
{
    public string? Language { get; init; }

    public string? Version { get; init; }

    public string? Code { get; init; }

    public IReadOnlyList<SubmittedFile>? Files { get; init; }

    public string? Entry { get; init; }

    public string? Stdin { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyDictionary<string, string>? Env { get; init; }

    public IReadOnlyDictionary<string, string>? Secrets { get; init; }

    public SubmittedLimits? Limits { get; init; }

    public SubmittedLimits? CompileLimits { get; init; }

    /// <summary>How often the program is run.</summary>
    public long? Runs { get; init; }

    public IReadOnlyList<string>? CompileArgs { get; init; }

    /// <summary>"none" or "full".</summary>
    public string? Network { get; init; }

    public string? Provider { get; init; }

    /// <summary>"low", "normal" or "high".</summary>
    public string? Priority { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>Whose it is.</summary>
    public string? Student { get; init; }

    public IReadOnlyList<string>? Artifacts { get; init; }

    public SubmittedCallback? Callback { get; init; }

    /// <summary>When it is to begin: ISO 8601 with an offset. Null: at once.</summary>
    public string? StartAt { get; init; }

    /// <summary>How long after its acceptance it is to begin; in place of <see cref="StartAt"/>.</summary>
    public long? DelayMs { get; init; }

    /// <summary>To be graded by these tests.</summary>
    public SubmittedSuite? Suite { get; init; }

    /// <summary>To be graded by the tests of a problem.</summary>
    public SubmittedProblem? Problem { get; init; }

    /// <summary>Only these of the tests.</summary>
    public IReadOnlyList<string>? TestIds { get; init; }

    /// <summary>Only the tests that are not hidden.</summary>
    public bool? Samples { get; init; }
}

/// <param name="Version">Null: the newest.</param>
public sealed record SubmittedProblem(string? Id, long? Version = null);

/// <param name="Encoding">"utf8" (unless given), "base64" or "hex".</param>
public sealed record SubmittedFile(string? Path, string? Content, string? Encoding = null);

/// <summary>Left out means: the language's default.</summary>
public sealed record SubmittedLimits
{
    public long? WallTimeMs { get; init; }

    public long? CpuTimeMs { get; init; }

    public long? MemoryMb { get; init; }

    public long? Processes { get; init; }

    public long? OutputKb { get; init; }

    public long? WorkspaceMb { get; init; }

    public long? StackKb { get; init; }

    public long? FileSizeKb { get; init; }

    public long? OpenFiles { get; init; }

    public double? Cpus { get; init; }

    public long? GraceMs { get; init; }
}
