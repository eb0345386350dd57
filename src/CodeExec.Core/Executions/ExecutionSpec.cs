namespace CodeExec.Core.Executions;

/// <summary>A submission after validation: all that is needed to run it, again and again, whatever the settings become.</summary>
public sealed record ExecutionSpec
{
    public required string Language { get; init; }

    /// <summary>As the catalog names it; never null after validation.</summary>
    public required string Version { get; init; }

    public required IReadOnlyList<SourceFile> Files { get; init; }

    public required string Entry { get; init; }

    public byte[] Stdin { get; init; } = [];

    public IReadOnlyList<string> Args { get; init; } = [];

    public IReadOnlyDictionary<string, string> Env { get; init; } = new Dictionary<string, string>();

    /// <summary>Encrypted; see <see cref="Secrets.ISecretProtector"/>.</summary>
    public IReadOnlyDictionary<string, string> ProtectedSecrets { get; init; } = new Dictionary<string, string>();

    public required ResourceLimits Limits { get; init; }

    public required ResourceLimits CompileLimits { get; init; }

    /// <summary>How often the program is run, for each test where it is graded; after a run that fails no other.</summary>
    public int Runs { get; init; } = 1;

    public IReadOnlyList<string> CompileArgs { get; init; } = [];

    public NetworkAccess Network { get; init; }

    public required string Provider { get; init; }

    public ExecutionPriority Priority { get; init; } = ExecutionPriority.Normal;

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    /// <summary>Whose it is, where that was said.</summary>
    public string? Student { get; init; }

    public IReadOnlyList<string> Artifacts { get; init; } = [];

    /// <summary>Whom to tell of the end.</summary>
    public Callbacks.CallbackTarget? Callback { get; init; }

    /// <summary>When it is to begin; null: at once.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>Set for graded work: the program then runs once for each test, not for <see cref="Stdin"/> and <see cref="Args"/>.</summary>
    public Grading.GradingSpec? Grading { get; init; }
}

public sealed record SourceFile(string Path, byte[] Content);

public enum NetworkAccess
{
    None,
    Full,
}

public enum ExecutionPriority
{
    Low,
    Normal,
    High,
}
