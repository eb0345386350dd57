using System.Globalization;

namespace CodeExec.Core.Problems.Importing.Templates;

/// <summary>What stands behind a '?': those of FreeMarker that a script of tests could need.</summary>
internal static class TemplateBuiltIns
{
    private delegate object? BuiltIn(object? value, IReadOnlyList<object?> arguments, int line);

    private const int LongestPadding = 1000;

    private static readonly Dictionary<string, BuiltIn> Known = new(StringComparer.Ordinal)
    {
        ["c"] = (value, _, line) => value is bool truth ? Lower(truth) : TemplateValues.Text(value, line),
        ["string"] = AsText,
        ["number"] = (value, _, line) => value is decimal ? value
            : decimal.TryParse(TemplateValues.Text(value, line), NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number) ? TemplateValues.Bounded(number, line) : throw TemplateValues.Wrong("a number", value, line),
        ["int"] = (value, _, line) => decimal.Truncate(TemplateValues.Number(value, line)),
        ["long"] = (value, _, line) => decimal.Truncate(TemplateValues.Number(value, line)),
        ["floor"] = (value, _, line) => decimal.Floor(TemplateValues.Number(value, line)),
        ["ceiling"] = (value, _, line) => decimal.Ceiling(TemplateValues.Number(value, line)),
        ["round"] = (value, _, line) => decimal.Floor(TemplateValues.Number(value, line) + 0.5m),
        ["abs"] = (value, _, line) => Math.Abs(TemplateValues.Number(value, line)),
        ["size"] = (value, _, line) => value is Dictionary<string, object?> hash ? (decimal)hash.Count : TemplateValues.Sequence(value, line).Count,
        ["first"] = (value, _, line) => TemplateValues.Sequence(value, line) is [var first, ..] ? first : null,
        ["last"] = (value, _, line) => TemplateValues.Sequence(value, line) is [.., var last] ? last : null,
        ["reverse"] = (value, _, line) => TemplateValues.Sequence(value, line).Reverse().ToList(),
        ["sort"] = (value, _, line) => Sorted(TemplateValues.Sequence(value, line), line),
        ["join"] = (value, arguments, line) => string.Join(TemplateValues.Text(Argument(arguments, 0, line), line), TemplateValues.Sequence(value, line).Select(one => TemplateValues.Text(one, line))),
        ["seq_contains"] = (value, arguments, line) => TemplateValues.Sequence(value, line).Contains(Argument(arguments, 0, line)),
        ["keys"] = (value, _, line) => Hash(value, line).Keys.Select(key => (object?)key).ToList(),
        ["values"] = (value, _, line) => Hash(value, line).Values.ToList(),
        ["length"] = (value, _, line) => (decimal)TemplateValues.Text(value, line).Length,
        ["upper_case"] = (value, _, line) => TemplateValues.Text(value, line).ToUpperInvariant(),
        ["lower_case"] = (value, _, line) => TemplateValues.Text(value, line).ToLowerInvariant(),
        ["trim"] = (value, _, line) => TemplateValues.Text(value, line).Trim(),
        ["contains"] = (value, arguments, line) => TemplateValues.Text(value, line).Contains(TemplateValues.Text(Argument(arguments, 0, line), line), StringComparison.Ordinal),
        ["split"] = (value, arguments, line) => TemplateValues.Text(value, line).Split(TemplateValues.Text(Argument(arguments, 0, line), line)).Select(part => (object?)part).ToList(),
        ["left_pad"] = (value, arguments, line) => TemplateValues.Text(value, line).PadLeft(Width(arguments, line), Filling(arguments, line)),
        ["right_pad"] = (value, arguments, line) => TemplateValues.Text(value, line).PadRight(Width(arguments, line), Filling(arguments, line)),
        ["then"] = (value, arguments, line) => Argument(arguments, TemplateValues.Truth(value, line) ? 0 : 1, line),
        ["exists"] = (value, _, _) => value is not null,
        ["has_content"] = (value, _, _) => value is not (null or "" or IReadOnlyList<object?> { Count: 0 }),
    };

    /// <summary>Of the variable of a list.</summary>
    private static readonly Dictionary<string, Func<TemplateLoop, object?>> OfLoops = new(StringComparer.Ordinal)
    {
        ["index"] = loop => (decimal)loop.Index,
        ["counter"] = loop => (decimal)loop.Index + 1,
        ["has_next"] = loop => loop.HasNext,
        ["is_first"] = loop => loop.Index == 0,
        ["is_last"] = loop => !loop.HasNext,
        ["is_even_item"] = loop => loop.Index % 2 == 1,
        ["is_odd_item"] = loop => loop.Index % 2 == 0,
    };

    public static bool IsKnown(string name) => Known.ContainsKey(name) || OfLoops.ContainsKey(name);

    /// <param name="loop">That whose variable the value is, if it is one's.</param>
    public static object? Apply(string name, object? value, TemplateLoop? loop, IReadOnlyList<object?> arguments, TemplateScope scope, int line)
    {
        if (OfLoops.TryGetValue(name, out Func<TemplateLoop, object?>? ofLoop))
        {
            return ofLoop(loop ?? throw new TemplateException(line, $"?{name} is for the variable of a list."));
        }

        object? result = Known[name](value, arguments, line);
        return result is string text ? scope.Budget.Take(text, line) : result;
    }

    /// <summary>A member of a hash, an item of a sequence, a character, or those of a range.</summary>
    public static object? At(object? value, object? index, int line) => (value, index) switch
    {
        (Dictionary<string, object?> hash, string key) => hash.GetValueOrDefault(key),
        (string text, decimal) => text[Inside(index, text.Length, line)].ToString(),
        (IReadOnlyList<object?> items, decimal) => items[Inside(index, items.Count, line)],
        (IReadOnlyList<object?> items, IReadOnlyList<object?> range) => range.Select(at => items[Inside(at, items.Count, line)]).ToList(),
        (string text, IReadOnlyList<object?> range) => string.Concat(range.Select(at => text[Inside(at, text.Length, line)])),
        _ => throw TemplateValues.Wrong("a sequence, with the number of an item", value, line),
    };

    private static int Inside(object? index, int count, int line)
        => TemplateValues.Whole(index, line) is var at && at >= 0 && at < count ? at : throw new TemplateException(line, $"There is no item {at}: there are {count}, and the first is 0.");

    private static object? Argument(IReadOnlyList<object?> arguments, int at, int line) => at < arguments.Count ? arguments[at] : throw new TemplateException(line, "A built-in lacks an argument.");

    private static Dictionary<string, object?> Hash(object? value, int line) => value as Dictionary<string, object?> ?? throw TemplateValues.Wrong("a hash", value, line);

    private static List<object?> Sorted(IReadOnlyList<object?> items, int line)
    {
        foreach (object? item in items)
        {
            TemplateValues.Compare(items[0], item, line); // what can not be compared is said before it is sorted
        }

        return [.. items.Order(Comparer<object?>.Create((one, other) => TemplateValues.Compare(one, other, line)))];
    }

    private static int Width(IReadOnlyList<object?> arguments, int line) => Math.Clamp(TemplateValues.Whole(Argument(arguments, 0, line), line), 0, LongestPadding);

    private static char Filling(IReadOnlyList<object?> arguments, int line) => arguments.Count > 1 && TemplateValues.Text(arguments[1], line) is [var filling, ..] ? filling : ' ';

    private static string Lower(bool truth) => truth ? "true" : "false";

    /// <summary>Also by a pattern ("000", "0.##"), and for what is true or false by two texts.</summary>
    private static string AsText(object? value, IReadOnlyList<object?> arguments, int line) => (value, arguments.Count) switch
    {
        (bool truth, > 1) => TemplateValues.Text(arguments[truth ? 0 : 1], line),
        (bool truth, _) => Lower(truth),
        (decimal number, > 0) when TemplateValues.Text(arguments[0], line) is var pattern && pattern.Length <= LongestPadding && pattern.All(c => c is '0' or '#' or '.')
            => number.ToString(pattern, CultureInfo.InvariantCulture),
        (decimal, > 0) when TemplateValues.Text(arguments[0], line) is not ("number" or "computer" or "c") => throw new TemplateException(line, "A pattern of a number may have 0, # and a point."),
        _ => TemplateValues.Text(value, line),
    };
}
