using System.Buffers;
using System.Globalization;

namespace CodeExec.Api.Piston;

/// <summary>
/// The version selectors that Piston's clients send: "3.11.2", "3.x", "*", "^3.1", "~3.11", ">=3 &lt;4", "1 || 2", "1.2 - 2". What is
/// left away in a bound counts as zero, in a plain version as anything.
/// </summary>
internal static class VersionSelector
{
    private const int MostParts = 3;

    private static readonly SearchValues<char> VersionStart = SearchValues.Create("0123456789xX*v");

    public static bool Matches(string selector, string version)
    {
        string wanted = selector.Trim();
        return wanted.Equals(version, StringComparison.OrdinalIgnoreCase)
            || (Parse(version) is { } parts && wanted.Split("||").Any(range => MatchesRange(range.Trim(), Pad(parts))));
    }

    private static bool MatchesRange(string range, int[] version)
    {
        string[] ends = range.Split(" - ", StringSplitOptions.TrimEntries);
        if (ends.Length == 2)
        {
            return Parse(ends[0]) is { } low && Parse(ends[1]) is { } high && Compare(version, Pad(low)) >= 0 && (IsPrefix(high, version) || Compare(version, Pad(high)) <= 0);
        }

        // ">= 3" and ">=3" are the same
        string joined = range.Replace("> ", ">", StringComparison.Ordinal).Replace("< ", "<", StringComparison.Ordinal).Replace("= ", "=", StringComparison.Ordinal);
        return joined.Split(' ', StringSplitOptions.RemoveEmptyEntries) is { Length: > 0 } all
            ? all.All(one => MatchesOne(one, version))
            : range.Length == 0;
    }

    private static bool MatchesOne(string comparator, int[] version)
    {
        int digits = comparator.AsSpan().IndexOfAny(VersionStart);
        string sign = digits < 0 ? comparator : comparator[..digits];
        if (digits < 0 || Parse(comparator[digits..].TrimStart('v')) is not { } parts)
        {
            return false;
        }

        int[] padded = Pad(parts);
        return sign switch
        {
            "" or "=" => IsPrefix(parts, version),
            ">=" => Compare(version, padded) >= 0,
            ">" => Compare(version, padded) > 0 && !(parts.Length < MostParts && IsPrefix(parts, version)),
            "<=" => Compare(version, padded) <= 0 || IsPrefix(parts, version),
            "<" => Compare(version, padded) < 0,
            "~" => Compare(version, padded) >= 0 && IsPrefix(parts[..Math.Min(parts.Length, 2)], version),
            "^" => Compare(version, padded) >= 0 && IsPrefix(parts[..Math.Min(parts.Length, LeftmostNonZero(parts) + 1)], version),
            _ => false,
        };
    }

    /// <summary>The numbers before the first wildcard; null for what is no version.</summary>
    private static int[]? Parse(string text)
    {
        List<int> parts = [];
        foreach (string part in text.Split('.').TakeWhile(part => part is not ("x" or "X" or "*")))
        {
            if (parts.Count == MostParts || !int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                return null;
            }

            parts.Add(number);
        }

        return [.. parts];
    }

    private static int[] Pad(int[] parts) => [.. parts.Concat([0, 0, 0]).Take(MostParts)];

    private static bool IsPrefix(int[] parts, int[] version) => version.AsSpan().StartsWith(parts);

    private static int Compare(int[] one, int[] other) => one.AsSpan().SequenceCompareTo(other);

    private static int LeftmostNonZero(int[] parts)
    {
        int index = Array.FindIndex(parts, part => part != 0);
        return index < 0 ? parts.Length : index;
    }
}
