using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>Suggested tests as a table, with what is to be looked at below.</summary>
internal static class SuggestionText
{
    private const int Shown = 40;

    public static string Of(SuggestedTests suggested)
    {
        StringBuilder text = new();
        Table table = new("TEST", "FOR", "KIND", "INPUT", "ANSWER", "BY", "WHY");
        foreach (SuggestedTest test in suggested.TestCases)
        {
            string input = test.Stdin is { Length: > 0 } stdin ? stdin : string.Join(' ', test.Args ?? []);
            table.Add(test.Id, string.Join(' ', test.RequirementIds), test.Kind, test.Stdin is null ? "?" : Short(input), test.Expected is { } expected ? Short(expected) : "?", test.Source, test.Why);
        }

        text.Append(table);
        foreach (SuggestedTest test in suggested.TestCases.Where(one => one.Note is not null))
        {
            text.Append('\n').Append(test.Id).Append(": ").Append(TerminalText.Escape(test.Note!));
        }

        AppendLine(text, suggested.Uncovered.Count > 0 ? $"Without a test: {string.Join(", ", suggested.Uncovered)}" : null);
        AppendLine(text, suggested.TestCases.Any(one => one.Expected is null) && suggested.CanExpectFrom.Count > 0 ? $"What to expect can be found out with --expected-from {string.Join('|', suggested.CanExpectFrom)}." : null);
        AppendLine(text, suggested.Degraded);
        return text.ToString();
    }

    private static void AppendLine(StringBuilder text, string? line)
    {
        if (line is not null)
        {
            text.Append('\n').Append(TerminalText.Escape(line)).Append('\n');
        }
    }

    private static string Short(string data)
    {
        string line = data.TrimEnd().ReplaceLineEndings("⏎");
        return line.Length <= Shown ? line : line[..Shown] + "…";
    }
}
