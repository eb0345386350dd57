using System.Globalization;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>A problem in a few lines, and its tests as a table.</summary>
internal static class ProblemText
{
    public static string Of(GradedProblem problem)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{problem.Id}@{problem.Version}  {TerminalText.Escape(problem.Title)}\n");
        text.Append(CultureInfo.InvariantCulture, $"{problem.TestCount} tests ({problem.HiddenCount} hidden), {problem.MaxScore:0.##} points");
        text.Append(problem.Languages is { } languages ? $", in {string.Join(", ", languages)}\n" : "\n");
        if (problem.Attempts is { } attempts)
        {
            text.Append(AttemptsText.Of(attempts));
        }

        if (problem.Tests is { Count: > 0 } tests)
        {
            Table table = new("TEST", "GROUP", "POINTS", "HIDDEN", "INPUT", "ANSWER");
            foreach (ProblemTest test in tests)
            {
                table.Add(
                    test.Name is { } name ? $"{test.Id} {name}" : test.Id,
                    test.Group,
                    test.Points.ToString("0.##", CultureInfo.InvariantCulture),
                    test.Hidden ? "yes" : "",
                    Sizes.Show(test.StdinBytes),
                    test.ExpectedBytes is { } bytes ? Sizes.Show(bytes) : "");
            }

            text.Append('\n').Append(table);
        }

        return text.ToString();
    }
}
