using System.Security.Cryptography;
using System.Text;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Judge0;

/// <summary>What Judge0 knows of a submission and an execution does not: kept in its labels.</summary>
internal static class Judge0Submission
{
    private const string Any = "judge0", Language = "judge0.language", Expected = "judge0.expected", Merged = "judge0.merged";

    /// <summary>All of them have it.</summary>
    public static KeyValuePair<string, string> AnyLabel { get; } = new(Any, "true");

    public static Dictionary<string, string> Labels(int language, byte[]? expected, bool merged)
    {
        Dictionary<string, string> labels = new(StringComparer.Ordinal) { [Any] = AnyLabel.Value, [Language] = language.ToString(System.Globalization.CultureInfo.InvariantCulture) };
        if (expected is not null)
        {
            labels[Expected] = HashOf(expected);
        }

        if (merged)
        {
            labels[Merged] = "true";
        }

        return labels;
    }

    /// <returns>Null for an execution that did not come this way.</returns>
    public static int? LanguageOf(ExecutionRecord record) => record.Labels.TryGetValue(Language, out string? id) && int.TryParse(id, out int number) ? number : null;

    /// <summary>Whether something was expected, and is kept where <see cref="ExpectedBlob"/> says.</summary>
    public static bool HasExpected(ExecutionRecord record) => record.Labels.ContainsKey(Expected);

    public static string ExpectedBlob(ExecutionId id) => ExecutionBlobs.Prefix(id) + "judge0/expected";

    public static bool IsMerged(ExecutionRecord record) => record.Labels.ContainsKey(Merged);

    /// <summary>Nothing expected: anything is right.</summary>
    public static bool IsRight(ExecutionRecord record, byte[] stdout) => !record.Labels.TryGetValue(Expected, out string? hash) || hash == HashOf(stdout);

    public static string TokenOf(ExecutionId id) => id.Value.ToString("D");

    /// <summary>As Judge0 compares: white space at the end of lines, and at the end, does not count.</summary>
    private static string HashOf(byte[] output)
    {
        string text = Encoding.Latin1.GetString(output); // each byte by itself, whatever it is
        string stripped = string.Join('\n', text.Split('\n').Select(line => line.TrimEnd(Blanks))).TrimEnd([.. Blanks, '\n']);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.Latin1.GetBytes(stripped)));
    }

    private static readonly char[] Blanks = [' ', '\t', '\r', '\v', '\f', '\0'];
}
