using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Suggestions.Inputs;

namespace CodeExec.Core.Reviews;

/// <summary>Inputs that programs are often wrong about: which tests have one, and what came of them.</summary>
internal static class EdgeCases
{
    public static IReadOnlyList<EdgeCaseAnalysis> Analyse(SpecificationContent content, IReadOnlyList<ValidatedTest>? results)
    {
        // What sort of input a hidden test has would be a word about its data.
        SubmittedTest[] readable = [.. content.Tests.Where(test => test.Hidden != true && test.Stdin?.Encoding is null or "utf8")];
        return [.. InputKinds.All.Select(kind => Of(kind.Name, kind.Advice, [.. readable.Where(test => kind.Has(test.Stdin?.Text ?? "") && (test.Args ?? []).Count == 0).Select(test => test.Id!)], results))];
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
}
