using System.Globalization;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>A graded execution for people: a table of tests, the first difference, and the verdict.</summary>
internal static class GradeText
{
    private const int MostDiffLines = 20;

    public static string Of(Execution execution)
    {
        StringBuilder text = new();
        if (execution.Verdict == "compileError")
        {
            text.Append(TerminalText.Escape(execution.Compile?.Stderr is { Length: > 0 } words ? words : execution.Compile?.Stdout ?? "")).Append('\n');
        }
        else if (execution.Tests is { Count: > 0 } tests)
        {
            text.Append(TableOf(tests)).Append('\n');
            AppendFailure(text, tests.FirstOrDefault(test => test.Id == execution.Grade?.FirstFailure));
        }

        if (execution.Attempts is { Left: { } left })
        {
            text.Append(CultureInfo.InvariantCulture, $"Attempts left: {left}\n");
        }

        return text.Append(PointsOf(execution)).ToString();
    }

    /// <summary>The verdict, tests and points in one line; points by hand in a second.</summary>
    public static string PointsOf(Execution execution)
    {
        string verdict = execution.Verdict ?? execution.Error?.Message ?? execution.Status.ToString().ToLowerInvariant();
        string line = string.Create(
            CultureInfo.InvariantCulture,
            $"{TerminalText.Escape(verdict)}: {execution.Grade?.Passed ?? 0} of {execution.Grade?.Total ?? 0} tests{(execution.Grade?.Partial == true ? " that were asked for" : "")}, {execution.Score ?? 0:0.##} of {execution.MaxScore ?? 0:0.##} points\n");
        return execution.Grade is { ComputedScore: { } computed, Overrides: [.., { } last] }
            ? line + string.Create(CultureInfo.InvariantCulture, $"by hand, {TerminalText.Escape(last.By ?? "")}: {TerminalText.Escape(last.Reason)} (computed {computed:0.##})\n")
            : line;
    }

    private static string TableOf(IReadOnlyList<TestResult> tests)
    {
        Table table = new("TEST", "VERDICT", "POINTS", "CPU", "MEMORY");
        foreach (TestResult test in tests)
        {
            table.Add(
                test.Name is { } name ? $"{test.Id} {name}" : test.Id,
                test.Verdict,
                string.Create(CultureInfo.InvariantCulture, $"{test.Points:0.##}/{test.MaxPoints:0.##}"),
                Durations.Show(TimeSpan.FromMilliseconds(test.CpuMs)),
                Sizes.Show(test.MemoryBytes));
        }

        return table.ToString();
    }

    private static void AppendFailure(StringBuilder text, TestResult? failure)
    {
        if (failure is null)
        {
            return;
        }

        string? words = failure.Diff ?? failure.Message ?? (failure.Stderr is { Length: > 0 } stderr ? stderr : null);
        if (words is not null)
        {
            string[] lines = words.TrimEnd().Split('\n');
            text.Append(CultureInfo.InvariantCulture, $"Test {TerminalText.Escape(failure.Id)}:\n");
            foreach (string line in lines.Take(MostDiffLines))
            {
                text.Append("  ").Append(TerminalText.Escape(line)).Append('\n');
            }

            text.Append(lines.Length > MostDiffLines ? "  …\n\n" : "\n");
        }
    }
}
