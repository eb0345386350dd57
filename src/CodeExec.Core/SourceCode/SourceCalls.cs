using System.Text.RegularExpressions;

namespace CodeExec.Core.SourceCode;

/// <summary>Which functions a piece of code calls, by name.</summary>
public static class SourceCalls
{
    private static readonly Regex Call = new(@"(?<name>[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)*)\s*\(", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);

    /// <returns>The name as it stands there ("os.system"), and the offset of its first character.</returns>
    public static IEnumerable<(string Name, int Offset)> In(string code) => Call.Matches(code).Select(match => (match.Groups["name"].Value, match.Groups["name"].Index));

    /// <summary>"os.system" and "x.system" are calls of "system"; "os.system" is one of "os.system".</summary>
    public static bool Names(string call, string name)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(name);
        return call.Equals(name, StringComparison.Ordinal)
            || (call.EndsWith(name, StringComparison.Ordinal) && call[call.Length - name.Length - 1] is '.' or ':' or '>');
    }
}
