using System.Globalization;

namespace Azure.Data.Tables;

internal static class ODataFilter
{
    public static string Of(FormattableString filter)
        => string.Format(CultureInfo.InvariantCulture, filter.Format, [.. filter.GetArguments().Select(Literal)]);

    private static object Literal(object value) => value switch
    {
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        bool yes => yes ? "true" : "false",
        int whole => whole.ToString(CultureInfo.InvariantCulture),
        long number => number.ToString(CultureInfo.InvariantCulture) + "L",
        double real => real.ToString("R", CultureInfo.InvariantCulture),
        DateTimeOffset time => $"datetime'{time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)}'",
        Guid guid => $"guid'{guid}'",
        _ => throw new ArgumentException($"A filter has no literal for {value?.GetType()}."),
    };
}
