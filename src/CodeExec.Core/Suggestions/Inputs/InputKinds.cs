using System.Globalization;

namespace CodeExec.Core.Suggestions.Inputs;

/// <summary>Inputs that programs are often wrong about.</summary>
public static class InputKinds
{
    public const string Empty = "empty", Zero = "zero", Negative = "negative", Beyond32Bits = "beyond32Bits", Single = "single", Equal = "equal", Many = "many", Unicode = "unicode";

    private const int ManyValues = 1000;

    public static IReadOnlyList<InputKind> All { get; } =
    [
        new(Empty, "empty input", input => input.Trim().Length == 0, "Add a test without input, if there may be none."),
        new(Zero, "zero", input => Numbers(input).Any(number => number == 0), "Add a test with 0."),
        new(Negative, "negative number", input => Numbers(input).Any(number => number < 0), "Add a test with a number below 0, if there may be one."),
        new(Beyond32Bits, "number beyond 32 bits", input => Numbers(input).Any(number => Math.Abs(number) > int.MaxValue), "Add a test with a number above 2,147,483,647."),
        new(Single, "a single value", input => Words(input).Length == 1, "Add a test with one value only."),
        new(Equal, "equal values", HasEqual, "Add a test in which a value comes twice."),
        new(Many, "many values", input => Words(input).Length >= ManyValues, "Add a test with a thousand values or more: it shows how the time grows."),
        new(Unicode, "letters beyond ASCII", input => input.Any(c => c > 127), "Add a test with letters such as ü or 漢."),
    ];

    private static string[] Words(string input) => input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);

    private static bool HasEqual(string input)
    {
        string[] words = Words(input);
        return words.Length > 1 && words.Distinct(StringComparer.Ordinal).Count() < words.Length;
    }

    private static IEnumerable<double> Numbers(string input)
    {
        foreach (string word in Words(input))
        {
            if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                yield return number;
            }
        }
    }
}

/// <param name="Id">On the wire.</param>
/// <param name="Name">For people.</param>
/// <param name="Has">Whether an input is of this kind.</param>
public sealed record InputKind(string Id, string Name, Func<string, bool> Has, string Advice);
