namespace CodeExec.Client;

public sealed record ImportOptions
{
    public string? Title { get; init; }

    /// <summary>A checker's name.</summary>
    public string? Checker { get; init; }

    /// <summary>Tests are hidden unless this is false.</summary>
    public bool? Hidden { get; init; }

    public string? StopOn { get; init; }

    /// <summary>False leaves validators and solutions of the package out, but for what makes its tests.</summary>
    public bool? Check { get; init; }
}
