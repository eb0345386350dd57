using System.Globalization;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Schedules;

/// <summary>Schedules for people.</summary>
internal static class ScheduleText
{
    public static string Of(Schedule schedule)
    {
        StringBuilder text = new();
        Line(text, "id", schedule.Id);
        Line(text, "name", schedule.Name);
        Line(text, "state", schedule.State);
        Line(text, "cron", $"{schedule.Cron} ({schedule.TimeZone})");
        Line(text, "starts", schedule.Kind == "batch" ? "a batch" : "an execution");
        Line(text, "overlap", schedule.Overlap);
        Line(text, "missed", schedule.Missed);
        Line(text, "ends", schedule.EndsAt is { } ends ? ExecutionText.Time(ends) : null);
        foreach (DateTimeOffset next in schedule.NextRuns)
        {
            Line(text, "next", ExecutionText.Time(next));
        }

        Line(text, "last", schedule.LastRun is { } last ? $"{ExecutionText.Time(last.For)} {last.Outcome} {last.Execution ?? last.Batch ?? last.Reason}".TrimEnd() : null);
        return text.ToString();
    }

    public static string TableOf(IEnumerable<Schedule> schedules)
    {
        Table table = new("ID", "STATE", "CRON", "TIME ZONE", "NEXT", "NAME");
        foreach (Schedule schedule in schedules)
        {
            table.Add(schedule.Id, schedule.State, schedule.Cron, schedule.TimeZone, schedule.NextRuns.Count > 0 ? ExecutionText.Time(schedule.NextRuns[0]) : null, schedule.Name);
        }

        return table.ToString();
    }

    public static string TableOf(IEnumerable<ScheduleRun> runs)
    {
        Table table = new("FOR", "OUTCOME", "STARTED", "STATUS", "REMARK");
        foreach (ScheduleRun run in runs)
        {
            table.Add(ExecutionText.Time(run.For), run.Outcome, run.Execution ?? run.Batch, run.Status, run.Reason ?? (run.Manual ? "asked for" : null));
        }

        return table.ToString();
    }

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-10} {TerminalText.Escape(value)}").Append('\n');
        }
    }
}
