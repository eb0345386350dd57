using System.Text.RegularExpressions;

namespace CodeExec.Core.Languages;

/// <summary>The command that tells whether a toolchain is there, and which.</summary>
/// <param name="Pattern">Its group <c>version</c> is the version.</param>
public sealed record ToolchainDetection(IReadOnlyList<string> Command, Regex Pattern)
{
    /// <returns>Null if the output is not what the toolchain would say.</returns>
    public string? ReadVersion(string output)
        => Pattern.Match(output) is { Success: true } match ? match.Groups["version"].Value : null;
}
