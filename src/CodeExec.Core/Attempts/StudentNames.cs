using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Attempts;

/// <summary>What a student may be called: whatever the course calls them.</summary>
public static class StudentNames
{
    public const int Longest = 200;

    public static readonly string Rule = $"Must be 1 to {Longest} characters, without control characters and without white space at its ends.";

    public static bool IsValid(string? name)
        => name is { Length: > 0 and <= Longest } && name.Trim() == name && !name.Any(char.IsControl) && Texts.ToBytes(name) is not null;
}
