using System.Globalization;

namespace CodeExec.Core.Grading.Checking;

/// <summary>What a checker that exits with 7 says about points: "points 3.5 message", or the number alone first.</summary>
public static class PointsText
{
    /// <summary>How judges' programs write points: also as Python prints small ones, 1e-05.</summary>
    internal const NumberStyles Number = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent;

    /// <returns>Null when no number is there.</returns>
    public static (decimal Points, string Message)? Read(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string rest = text.TrimStart();
        rest = rest.StartsWith("points", StringComparison.OrdinalIgnoreCase) ? rest["points".Length..].TrimStart() : rest;
        int end = rest.AsSpan().IndexOfAny(" \t\r\n");
        string number = end < 0 ? rest : rest[..end];
        return decimal.TryParse(number, Number, CultureInfo.InvariantCulture, out decimal points)
            ? (points, end < 0 ? "" : rest[end..].Trim())
            : null;
    }
}
