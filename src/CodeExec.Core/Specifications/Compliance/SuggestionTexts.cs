using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Specifications.Compliance;

/// <summary>What to do next, most pressing first. Says nothing of hidden tests but their verdict.</summary>
internal static class SuggestionTexts
{
    private const int Most = 30;

    public static IReadOnlyList<string> For(SpecificationContent content, ComplianceReport report)
    {
        IEnumerable<string> all =
        [
            .. CompileErrors(report),
            .. Rules(report),
            .. Failures(report),
            .. report.Requirements.Where(one => one.Tests.Count + one.Rules.Count == 0)
                .Select(one => $"Nothing checks requirement {Name(one)}: add a test case whose requirementIds name it."),
            .. report.Requirements.SelectMany(one => one.Criteria)
                .Where(one => one.Status == RequirementStatus.Untested && one.Tests.Count == 0)
                .Select(one => $"No test shows acceptance criterion {one.Criterion.Id}: {Texts.Quote(one.Criterion.Text)}."),
            .. content.IsUnlinked && report.Tests.Count > 0
                ? (string[])["The test cases name no requirements, so each counted for all of them: give them requirementIds."]
                : [],
        ];
        return [.. all.Distinct().Take(Most)];
    }

    private static IEnumerable<string> CompileErrors(ComplianceReport report)
        => report.Tests.FirstOrDefault(test => test.Result.Verdict == Verdict.CompileError) is { } test
            ? [$"The code does not compile, so nothing could be shown: {FirstLine(test.Result.Message ?? test.Result.Stderr)}"]
            : [];

    private static IEnumerable<string> Rules(ComplianceReport report)
        => report.Rules.Where(rule => !rule.Passed).Select(rule => $"Rule {rule.Rule.Id}{For(rule.Rule.RequirementIds)}: {rule.Message}");

    private static IEnumerable<string> Failures(ComplianceReport report)
        => report.Tests.Where(test => !test.Passed && test.Result.Verdict != Verdict.CompileError).Select(test => Of(test.Result));

    private static string Of(TestResult result)
    {
        string what = result.Verdict switch
        {
            Verdict.WrongAnswer => "gives a wrong answer",
            Verdict.PresentationError => "prints the right words with other white space than was asked for",
            Verdict.PartiallyCorrect => "is only partly right",
            Verdict.TimeLimit => "takes too long: look for a loop that does not end, or for work done more often than needed",
            Verdict.MemoryLimit => "takes too much memory: keep less of the input at once",
            Verdict.OutputLimit => "prints too much",
            Verdict.RuntimeError when result.Signal is { } signal => $"ends with signal {signal}",
            Verdict.RuntimeError when result.ExitCode is { } code && !result.Hidden => $"ends with exit code {code}{Last(result.Stderr)}",
            Verdict.RuntimeError => "ends with an error",
            Verdict.Skipped => "was not run",
            _ => "could not be judged, which is not the code's fault: run it again",
        };
        string where = result is { Hidden: false, Verdict: Verdict.WrongAnswer or Verdict.PresentationError, Message: { } message } ? $" ({message.TrimEnd('.')})" : "";
        return $"Test {result.Id}{For(result.RequirementIds)} {what}{where}.";
    }

    private static string For(IReadOnlyList<string> requirements) => requirements.Count == 0 ? "" : $", for {string.Join(", ", requirements)},";

    private static string Name(RequirementCompliance one) => $"{one.Requirement.Id} ({Texts.Quote(one.Requirement.Text)})";

    private static string Last(string? stderr)
        => stderr?.Split('\n').LastOrDefault(line => line.Trim().Length > 0)?.Trim() is { Length: > 0 } line ? $": {Texts.Quote(line)}" : "";

    private static string FirstLine(string? text)
        => text?.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.OrdinalIgnoreCase))?.Trim()
            ?? text?.Split('\n').FirstOrDefault(line => line.Trim().Length > 0)?.Trim()
            ?? "the compiler says no more.";
}
