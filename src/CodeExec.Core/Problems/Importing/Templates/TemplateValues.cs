using System.Globalization;

namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>The values of a template: numbers, texts, truths, sequences, hashes; and null for what is missing.</summary>
internal static class TemplateValues
{
    /// <summary>Far more than any test needs, and so little that no sum or product of two is too large for us.</summary>
    private const decimal Largest = 1_000_000_000_000_000_000m;

    /// <summary>A number that was read or calculated.</summary>
    public static decimal Bounded(decimal number, int line) => Math.Abs(number) <= Largest ? number : throw new TemplateException(line, "A number is too large.");

    public static decimal Number(object? value, int line) => value is decimal number ? number : throw Wrong("a number", value, line);

    public static bool Truth(object? value, int line) => value is bool truth ? truth : throw Wrong("true or false", value, line);

    public static IReadOnlyList<object?> Sequence(object? value, int line) => value as IReadOnlyList<object?> ?? throw Wrong("a sequence", value, line);

    public static int Whole(object? value, int line)
        => Number(value, line) is var number && number == decimal.Truncate(number) && Math.Abs(number) <= int.MaxValue ? (int)number : throw Wrong("a whole number", value, line);

    /// <summary>As it is written. Without the commas of a locale: nobody wants "1,000" in a command.</summary>
    public static string Text(object? value, int line) => value switch
    {
        string text => text,
        decimal number => Plain(number),
        _ => throw Wrong("a number or a text", value, line),
    };

    public static string Plain(decimal number) => number.ToString("0.################", CultureInfo.InvariantCulture);

    public static bool AreEqual(object? one, object? other, int line) => (one, other) switch
    {
        (decimal a, decimal b) => a == b,
        (string a, string b) => a == b,
        (bool a, bool b) => a == b,
        _ => throw new TemplateException(line, $"{Describe(one)} can not be compared with {Describe(other)}."),
    };

    public static int Compare(object? one, object? other, int line) => (one, other) switch
    {
        (decimal a, decimal b) => a.CompareTo(b),
        (string a, string b) => string.CompareOrdinal(a, b),
        _ => throw new TemplateException(line, $"{Describe(one)} can not be compared with {Describe(other)}."),
    };

    public static TemplateException Wrong(string expected, object? value, int line) => new(line, $"This must be {expected}; it is {Describe(value)}.");

    private static string Describe(object? value) => value switch
    {
        null => "nothing: there is no such variable",
        decimal number => Plain(number),
        string text => $"the text \"{(text.Length > 40 ? text[..40] + "…" : text)}\"",
        bool truth => truth ? "true" : "false",
        IReadOnlyList<object?> => "a sequence",
        _ => "a hash",
    };
}
