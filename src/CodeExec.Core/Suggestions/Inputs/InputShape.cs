using System.Globalization;

namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>What inputs look like, told by those that are there; and others that look alike.</summary>
internal abstract class InputShape
{
    /// <summary>The most values that are written down; what shall be larger is for a generator.</summary>
    protected const int MostValues = 10_000;

    protected const int UsualMany = 1000;

    protected const long Beyond32 = 2_147_483_648;

    /// <summary>Inputs that programs are often wrong about.</summary>
    /// <param name="range">What values may be; what lies outside is left out.</param>
    public abstract IEnumerable<ShapedInput> Edges(ValueRange range);

    /// <summary>With this value in one place; and, where there are several, in all.</summary>
    public abstract IEnumerable<string> WithValue(long value);

    /// <summary>With so many values, or letters.</summary>
    /// <returns>Null where it has no length.</returns>
    public virtual string? WithCount(long count) => null;

    /// <summary>With another word in the place of its first.</summary>
    /// <returns>Null where it has no words.</returns>
    public virtual string? WithWord(string word) => null;

    /// <summary>An input without what only says how much of it there is.</summary>
    public virtual string ValuesOf(string input) => input;

    /// <summary>Whether a bound of "n" is one of how many values there are.</summary>
    public virtual bool CountsItself => false;

    public static InputShape Of(IReadOnlyList<string> samples)
    {
        string[] given = [.. samples.Where(sample => sample.Trim().Length > 0).Distinct(StringComparer.Ordinal)];
        if (given.Length == 0)
        {
            return new UnknownShape();
        }

        if (given.All(sample => sample.TrimStart()[0] is '[' or '{'))
        {
            return new JsonShape(given[0]);
        }

        string[][] words = [.. given.Select(sample => sample.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))];
        if (!words.All(tokens => tokens.All(IsNumber)))
        {
            return words.Any(tokens => tokens.Any(IsNumber)) ? new FieldsShape(given[0]) : new TextShape(given[0]);
        }

        bool counted = words.All(tokens => long.TryParse(tokens[0], NumberStyles.None, CultureInfo.InvariantCulture, out long count) && count == tokens.Length - 1) && words.Any(tokens => tokens.Length > 2);
        bool uneven = words.Select(tokens => tokens.Length).Distinct().Count() > 1;
        return counted || uneven || words[0].Length > 3 ? new ListShape(given[0], counted) : new FieldsShape(given[0]);
    }

    protected static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static bool IsNumber(string word) => double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
}

/// <param name="Kind">One of <see cref="InputKinds"/>.</param>
internal sealed record ShapedInput(string Kind, string Text, string Why);

/// <summary>What values may be, as far as it is known.</summary>
internal sealed record ValueRange(long? Low, long? High)
{
    public static readonly ValueRange Any = new(null, null);

    public bool Has(long value) => !(value < Low) && !(value > High);
}
