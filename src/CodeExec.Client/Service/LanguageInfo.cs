namespace CodeExec.Client;

/// <summary>A language the server can run.</summary>
public sealed record LanguageInfo
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Aliases { get => field ?? []; init; }

    public IReadOnlyList<string> Versions { get => field ?? []; init; }

    /// <summary>The version of its compiler or interpreter.</summary>
    public string? ToolchainVersion { get; init; }

    /// <summary>The name that a program's code gets when it comes without one.</summary>
    public string? FileName { get; init; }

    /// <summary>With the dot.</summary>
    public IReadOnlyList<string> Extensions { get => field ?? []; init; }

    /// <summary>False when its tools are not installed there; <see cref="InstallCommand"/> would.</summary>
    public bool? Available { get; init; }

    public string? InstallCommand { get; init; }
}
