namespace CodeExec.Core.Languages;

/// <summary>How an interpreter can be made to wait for a program.</summary>
/// <param name="Interpreter">Which one waits ("python", "node"): languages that name the same one share waiting containers.</param>
/// <param name="ColdWhenEnv">Names of variables (<c>*</c> at the end stands for anything) that an interpreter reads as it starts.</param>
public sealed record WarmUp(WarmUpKind Kind, string? Interpreter, IReadOnlyList<string> ColdWhenEnv)
{
    public static WarmUp None { get; } = new(WarmUpKind.None, null, []);

    /// <summary>True if an interpreter that has started already would not be what this environment asks for.</summary>
    public bool StartsCold(IEnumerable<string> environment)
        => Kind == WarmUpKind.None || environment.Any(name => ColdWhenEnv.Any(pattern => Matches(pattern, name)));

    private static bool Matches(string pattern, string name)
        => pattern.EndsWith('*') ? name.StartsWith(pattern[..^1], StringComparison.Ordinal) : name == pattern;
}

public enum WarmUpKind
{
    None,

    /// <summary>The interpreter waits before its first line, and serves one program.</summary>
    Start,

    /// <summary>The interpreter waits and is copied for each program.</summary>
    Fork,
}
