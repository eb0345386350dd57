namespace CodeExec.Client;

/// <summary>A language the server can run.</summary>
public sealed record LanguageInfo
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public IReadOnlyList<string> Aliases { get => field ?? []; init; }

    public IReadOnlyList<string> Versions { get => field ?? []; init; }

    public string? FileName { get; init; }

    /// <summary>False when its tools are not installed there.</summary>
    public bool? Available { get; init; }
}
