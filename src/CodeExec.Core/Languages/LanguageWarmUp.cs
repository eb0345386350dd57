using CodeExec.Core.Containers;

namespace CodeExec.Core.Languages;

/// <summary>How the language's interpreter can wait, started, for a program.</summary>
/// <param name="ColdWhenEnv">Names of variables (<c>*</c> at the end stands for anything) that an interpreter reads as it starts.</param>
public sealed record LanguageWarmUp(HoldKind Kind, IReadOnlyList<string> ColdWhenEnv)
{
    /// <summary>False if an interpreter that has started already would not be what a program with these variables asks for.</summary>
    public bool Allows(IEnumerable<string> variables) => !variables.Any(name => ColdWhenEnv.Any(pattern => Matches(pattern, name)));

    private static bool Matches(string pattern, string name)
        => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}
