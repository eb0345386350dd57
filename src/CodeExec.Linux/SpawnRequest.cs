namespace CodeExec.Linux;

/// <summary>A program to start. It gets these descriptors and no other, default signals, an empty signal mask and its own session.</summary>
public sealed record SpawnRequest
{
    /// <summary>Not looked up in PATH. If relative, then to <see cref="WorkingDirectory"/>.</summary>
    public required string Path { get; init; }

    /// <summary>Beginning with the program's own name.</summary>
    public required IReadOnlyList<string> Arguments { get; init; }

    /// <summary>The whole environment, as NAME=value.</summary>
    public IReadOnlyList<string> Environment { get; init; } = [];

    /// <summary>Null: the caller's.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What the program finds under which number.</summary>
    public IReadOnlyList<(int ChildDescriptor, FileDescriptor Source)> Descriptors { get; init; } = [];

    public bool NewSession { get; init; } = true;
}
