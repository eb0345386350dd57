namespace CodeExec.Core.Languages;

/// <summary>A version that a submission can ask for: a language standard, or the one that is installed.</summary>
public sealed record LanguageVersion(string Id)
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>What <c>{versionArgs}</c> stands for.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    public bool IsDefault { get; init; }

    internal bool Answers(string wanted)
        => Id.Equals(wanted, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(wanted, StringComparer.OrdinalIgnoreCase);

    /// <summary>"3", "3.11", "3.x" and "3.11.*" are prefixes of "3.11.2"; "3.1" is not.</summary>
    internal static bool IsPrefix(string wanted, string version)
    {
        string[] parts = version.Split('.');
        string[] asked = wanted.Split('.');
        return asked.Length <= parts.Length
            && asked.Zip(parts).All(pair => pair.First == pair.Second || pair.First is "x" or "X" or "*");
    }
}
