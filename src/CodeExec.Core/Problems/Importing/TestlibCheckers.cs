using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Problems.Importing;

/// <summary>The checkers that come with testlib, by the names that Polygon has for them.</summary>
internal static class TestlibCheckers
{
    private static readonly Dictionary<string, SubmittedChecker> Known = new(StringComparer.Ordinal)
    {
        ["fcmp"] = new() { Type = "trimmed" },
        ["lcmp"] = new() { Type = "tokens" },
        ["wcmp"] = new() { Type = "tokens" },
        ["ncmp"] = new() { Type = "tokens" },
        ["icmp"] = new() { Type = "tokens" },
        ["hcmp"] = new() { Type = "tokens" },
        ["uncmp"] = new() { Type = "unorderedTokens" },
        ["caseicmp"] = new() { Type = "tokens" }, // "Case 1: 5": what is a case is a word
        ["casencmp"] = new() { Type = "tokens" },
        ["casewcmp"] = new() { Type = "tokens" },
        ["yesno"] = new() { Type = "caseInsensitive" },
        ["nyesno"] = new() { Type = "caseInsensitive" },
        ["acmp"] = new() { Type = "float", Absolute = 1.5e-6 },
        ["rcmp"] = new() { Type = "float", Absolute = 1.5e-6 },
        ["rncmp"] = new() { Type = "float", Absolute = 1.5e-5 },
        ["dcmp"] = new() { Type = "float", Absolute = 1e-6, Relative = 1e-6 },
        ["rcmp4"] = new() { Type = "float", Absolute = 1e-4, Relative = 1e-4 },
        ["rcmp6"] = new() { Type = "float", Absolute = 1e-6, Relative = 1e-6 },
        ["rcmp9"] = new() { Type = "float", Absolute = 1e-9, Relative = 1e-9 },
    };

    /// <param name="name">As "std::ncmp.cpp".</param>
    /// <returns>Null for one that comes with the problem.</returns>
    public static SubmittedChecker? Find(string? name)
        => name?.StartsWith("std::", StringComparison.Ordinal) == true ? Known.GetValueOrDefault(Path.GetFileNameWithoutExtension(name["std::".Length..])) : null;
}
