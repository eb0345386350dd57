using System.Globalization;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;

namespace CodeExec.Core.Reviews;

/// <summary>Inputs that programs are often wrong about: which tests have one, and what came of them.</summary>
internal static class EdgeCases
{
    private static readonly (string Name, Func<string, bool> Has, string Advice)[] Kinds =
    [
        ("empty input", input => input.Trim().Length == 0, "Add a test without input, if there may be none."),
        ("zero", input => Numbers(input).Any(number => number == 0), "Add a test with 0."),
        ("negative number", input => Numbers(input).Any(number => number < 0), "Add a test with a number below 0, if there may be one."),
        ("number beyond 32 bits", input => Numbers(input).Any(number => Math.Abs(number) > int.MaxValue), "Add a test with a number above 2,147,483,647."),
        ("a single value", input => input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length == 1, "Add a test with one value only."),
        ("equal values", HasEqual, "Add a test in which a value comes twice."),
        ("many values", input => input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length >= 1000, "Add a test with a thousand values or more: it shows how the time grows."),
        ("letters beyond ASCII", input => input.Any(c => c > 127), "Add a test with letters such as ü or 漢."),
    ];

    public static IReadOnlyList<EdgeCaseAnalysis> Analyse(SpecificationContent content, IReadOnlyList<ValidatedTest>? results)
    {
        // What sort of input a hidden test has would be a word about its data.
        SubmittedTest[] readable = [.. content.Tests.Where(test => test.Hidden != true && test.Stdin?.Encoding is null or "utf8")];
        return [.. Kinds.Select(kind => Of(kind.Name, kind.Advice, [.. readable.Where(test => kind.Has(test.Stdin?.Text ?? "") && (test.Args ?? []).Count == 0).Select(test => test.Id!)], results))];
    }

    private static EdgeCaseAnalysis Of(string name, string advice, string[] tests, IReadOnlyList<ValidatedTest>? results)
    {
        if (tests.Length == 0)
        {
            return new(name, "notCovered", [], advice);
        }

        string[] failing = [.. (results ?? []).Where(result => !result.Passed && tests.Contains(result.Result.Id, StringComparer.Ordinal)).Select(result => result.Result.Id)];
        return failing.Length > 0
            ? new(name, "failing", failing, $"The program is wrong here: {Grading.Verdicts.Name(results!.First(result => result.Result.Id == failing[0]).Result.Verdict)} in test {failing[0]}.")
            : new(name, "covered", tests, results is null ? "There are tests; they were not run." : "The tests passed.");
    }

    private static bool HasEqual(string input)
    {
        string[] words = input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && words.Distinct(StringComparer.Ordinal).Count() < words.Length;
    }

    private static IEnumerable<double> Numbers(string input)
    {
        foreach (string word in input.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            {
                yield return number;
            }
        }
    }
}
