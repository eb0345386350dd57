using System.Text.RegularExpressions;

namespace CodeExec.Core.Reviews;

/// <summary>Finds what looks like a credential in any text, and masks it.</summary>
public static class SecretFinder
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly Regex[] Patterns =
    [
        new(@"-----BEGIN [A-Z ]*PRIVATE KEY-----(?:[^-]|-[^-])*(?:-----END [A-Z ]*PRIVATE KEY-----)?", Linear),
        new(@"\b(?:sk|pk|rk)-[\w-]{16,}", Linear),
        new(@"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b", Linear),
        new(@"\b(?:gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abprs]-[\w-]{10,})", Linear),
        new(@"\beyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*", Linear),
        new(@"\b(?:AccountKey|SharedAccessKey|sig)=[\w+/%=-]{16,}", Linear),
        new(@"\b\w+://[^\s/:@""']+:(?<secret>[^\s/@""']{3,})@", Linear),
        new(@"\b\w*(?:password|passwd|secret|token|api_?key|access_?key|credential)\w*[""']?\s*(?:=|:|:=)\s*[""'](?<secret>[^""'\s]{6,})[""']", Linear),
        new(@"\bBearer\s+(?<secret>[\w.~+/=-]{16,})", Linear),
    ];

    public const string Mask = "***";

    /// <returns>Where they are, in order; they do not overlap.</returns>
    public static IReadOnlyList<(int Start, int Length)> Find(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<(int Start, int Length)> found = [];
        foreach ((int start, int length) in Patterns.SelectMany(pattern => pattern.Matches(text)).Select(PartOf).OrderBy(one => one.Start).ThenByDescending(one => one.Length))
        {
            if (found.Count == 0 || start >= found[^1].Start + found[^1].Length)
            {
                found.Add((start, length));
            }
            else if (start + length > found[^1].Start + found[^1].Length)
            {
                found[^1] = (found[^1].Start, start + length - found[^1].Start);
            }
        }

        return found;
    }

    public static string MaskAll(string text)
    {
        IReadOnlyList<(int Start, int Length)> found = Find(text);
        if (found.Count == 0)
        {
            return text;
        }

        System.Text.StringBuilder masked = new(text.Length);
        int at = 0;
        foreach ((int start, int length) in found)
        {
            masked.Append(text, at, start - at).Append(Mask);
            at = start + length;
        }

        return masked.Append(text, at, text.Length - at).ToString();
    }

    private static (int Start, int Length) PartOf(Match match)
        => match.Groups["secret"] is { Success: true } secret ? (secret.Index, secret.Length) : (match.Index, match.Length);
}
