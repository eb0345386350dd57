using System.Globalization;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>Students' attempts for people.</summary>
internal static class AttemptsText
{
    /// <summary>The rules in one line.</summary>
    public static string Of(AttemptRules rules)
    {
        List<string> parts = [];
        if (rules.Max is { } max)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{max} {(rules.Per is { } per ? $"in {TerminalText.Escape(per)}" : "in all")}"));
        }

        if (rules.Total is { } total)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{total} in all"));
        }

        if (rules.Pause is { } pause)
        {
            parts.Add($"a pause of {TerminalText.Escape(pause)} between two");
        }

        return $"Attempts of a student: {string.Join(", ", parts)}\n";
    }

    public static string Of(IEnumerable<AttemptStanding> students)
    {
        Table table = new("STUDENT", "USED", "LEFT", "GIVEN", "NEXT");
        foreach (AttemptStanding one in students)
        {
            table.Add(one.Student, Number(one.Used), one.Left is { } left ? Number(left) : "", Number(one.Given), one.NextAt is { } next ? Time(next) : "never");
        }

        return table.ToString();
    }

    public static string Of(StudentAttempts one)
    {
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{TerminalText.Escape(one.Student)}: {one.Used} used");
        text.Append(one.Left is { } left ? $", {Number(left)} left" : "").Append(one.NextAt is { } next ? $", the next from {Time(next)}\n" : "\n");
        if (one.Attempts.Count > 0)
        {
            Table table = new("AT", "COUNTS", one.Attempts.Any(attempt => attempt.SubmissionId is not null) ? "SUBMISSION" : "EXECUTION");
            foreach (Attempt attempt in one.Attempts)
            {
                table.Add(Time(attempt.At), attempt.Counts ? attempt.Extra ? "extra" : "yes" : "no", attempt.ExecutionId ?? attempt.SubmissionId ?? "");
            }

            text.Append('\n').Append(table);
        }

        foreach (AttemptGrant grant in one.Grants)
        {
            text.Append(CultureInfo.InvariantCulture, $"{grant.Attempts:+0;-0} by {TerminalText.Escape(grant.By ?? "")} at {(grant.At is { } at ? Time(at) : "")}: {TerminalText.Escape(grant.Reason)}\n");
        }

        return text.ToString();
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
