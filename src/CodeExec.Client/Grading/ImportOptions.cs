namespace CodeExec.Client;

public sealed record ImportOptions
{
    public string? Title { get; init; }

    /// <summary>A checker's name.</summary>
    public string? Checker { get; init; }

    /// <summary>Tests are hidden unless this is false.</summary>
    public bool? Hidden { get; init; }

    public string? StopOn { get; init; }
}
