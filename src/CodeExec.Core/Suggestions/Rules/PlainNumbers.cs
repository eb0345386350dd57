using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Suggestions.Rules;

/// <summary>Writes the numbers of a text out: "10^5", "2·10⁵", "1e5", "1,000", "2^31 - 1", "$n \le 10^{5}$".</summary>
internal static class PlainNumbers
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

    private static readonly Regex Superscripts = new("(?<base>\\d)(?<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)", Linear);
    private static readonly Regex Thousands = new(@"\b\d{1,3}(?:,\d{3})+\b", Linear);
    private static readonly Regex Power = new(@"(?:(?<times>\d{1,9})\s*[*·×]\s*)?(?<base>\d{1,9})\s*(?:\^|\*\*)\s*\{?(?<power>\d{1,2})\}?(?:\s*-\s*(?<less>1)\b)?", Linear);
    private static readonly Regex Scientific = new(@"\b(?<times>\d{1,9})[eE]\+?(?<power>\d{1,2})\b", Linear);

    public static string WriteOut(string text)
    {
        text = text.Replace("$", "", StringComparison.Ordinal).Replace("\\leq", "<=", StringComparison.Ordinal).Replace("\\le", "<=", StringComparison.Ordinal)
            .Replace("\\geq", ">=", StringComparison.Ordinal).Replace("\\ge", ">=", StringComparison.Ordinal).Replace("\\lt", "<", StringComparison.Ordinal)
            .Replace("\\cdot", "·", StringComparison.Ordinal).Replace("\\times", "×", StringComparison.Ordinal).Replace("≤", "<=", StringComparison.Ordinal)
            .Replace("≥", ">=", StringComparison.Ordinal).Replace("\\,", "", StringComparison.Ordinal).Replace('−', '-');
        text = Superscripts.Replace(text, match => $"{match.Groups["base"].Value}^{string.Concat(match.Groups["power"].Value.Select(Digit))}");
        text = Thousands.Replace(text, match => match.Value.Replace(",", "", StringComparison.Ordinal));
        text = Power.Replace(text, match => Value(match, match.Groups["base"].Value));
        return Scientific.Replace(text, match => Value(match, "10"));
    }

    private static string Value(Match match, string powerOf)
    {
        BigInteger value = BigInteger.Pow(BigInteger.Parse(powerOf, CultureInfo.InvariantCulture), int.Parse(match.Groups["power"].Value, CultureInfo.InvariantCulture));
        value *= match.Groups["times"] is { Success: true } times ? BigInteger.Parse(times.Value, CultureInfo.InvariantCulture) : 1;
        value -= match.Groups["less"].Success ? 1 : 0;
        return value <= long.MaxValue ? value.ToString(CultureInfo.InvariantCulture) : match.Value;
    }

    private static char Digit(char superscript) => superscript switch { '¹' => '1', '²' => '2', '³' => '3', '⁰' => '0', _ => (char)('0' + (superscript - '⁰')) };
}
