using System.Globalization;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>A check in a few lines: what to mend, and what the solutions came to.</summary>
internal static class ProblemCheckText
{
    public static string Of(ProblemCheck check)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{check.Problem.Id}@{check.Problem.Version}  {check.Status}, {check.Errors} errors, {check.Warnings} warnings; the version is {check.State}\n");
        if (check.Error?.Message is { } error)
        {
            text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Escape(error)}\n");
        }

        foreach (CheckFinding finding in check.Findings)
        {
            string about = finding.Test is { } test ? $" test {test}:" : "";
            text.Append(CultureInfo.InvariantCulture, $"{finding.Severity}:{about} {TerminalText.Escape(finding.Message)}\n");
        }

        if (check.Solutions.Count > 0)
        {
            Table table = new("SOLUTION", "EXPECTED", "CAME TO", "KEPT", "POINTS", "CPU");
            foreach (CheckedSolution one in check.Solutions)
            {
                table.Add(
                    one.Main ? $"{one.Name} (main)" : one.Name,
                    string.Join(", ", one.Expect),
                    one.Verdict ?? "",
                    one.Kept is { } kept ? (kept ? "yes" : "no") : "",
                    string.Create(CultureInfo.InvariantCulture, $"{one.Score:0.##}/{one.MaxScore:0.##}"),
                    string.Create(CultureInfo.InvariantCulture, $"{one.CpuMs:0} ms"));
            }

            text.Append('\n').Append(table);
        }

        return text.ToString();
    }
}
