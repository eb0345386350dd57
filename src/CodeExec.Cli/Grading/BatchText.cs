using System.Globalization;
using System.Text;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Grading;

/// <summary>Batches for people.</summary>
internal static class BatchText
{
    public static string Of(Batch batch)
    {
        StringBuilder text = new();
        Line(text, "id", batch.Id);
        Line(text, "name", batch.Name);
        Line(text, "state", batch.State);
        Line(text, "problem", ProblemOf(batch));
        Line(text, "done", Progress(batch.Progress));
        Line(text, "points", batch.MaxScore > 0 ? string.Create(CultureInfo.InvariantCulture, $"{batch.Score:0.##} of {batch.MaxScore:0.##} ({100 * batch.Score / batch.MaxScore:0.0} %)") : null);
        foreach ((string verdict, int count) in batch.Verdicts)
        {
            Line(text, "", $"{count} {verdict}");
        }

        Line(text, "reused", Some(batch.Reused, "the same as another"));
        Line(text, "set aside", Some(batch.DeadLetters, $"see 'codeexec batch dead-letters {batch.Id}'"));
        Line(text, "cancelled", batch.Cancelled > 0 ? batch.Cancelled.ToString(CultureInfo.InvariantCulture) : null);
        Line(text, "created", ExecutionText.Time(batch.CreatedAt));
        Line(text, "start at", batch.StartAt is { } startAt ? ExecutionText.Time(startAt) : null);
        Line(text, "ended", batch.EndedAt is { } ended ? ExecutionText.Time(ended) : null);
        Line(text, "regrades", batch.RegradeOf);
        Line(text, "published", batch.PublishedRegrade);
        foreach ((string key, string value) in batch.Labels)
        {
            Line(text, "label", $"{key}:{value}");
        }

        return text.ToString();
    }

    public static string Progress(BatchProgress progress)
        => string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Total} ({progress.Percentage:0.#} %), {progress.RatePerMinute:0} a minute")
            + (progress.EstimatedEnd is { } end ? $", done at about {end.LocalDateTime:HH:mm:ss}" : "");

    public static string TableOf(IEnumerable<Batch> batches)
    {
        Table table = new("ID", "STATE", "DONE", "PROBLEM", "CREATED", "NAME");
        foreach (Batch batch in batches)
        {
            table.Add(
                batch.Id, batch.State, string.Create(CultureInfo.InvariantCulture, $"{batch.Progress.Done}/{batch.Progress.Total}"), ProblemOf(batch), ExecutionText.Time(batch.CreatedAt), batch.Name);
        }

        return table.ToString();
    }

    public static string TableOf(IEnumerable<BatchItem> items)
    {
        Table table = new("#", "SUBMISSION", "LANGUAGE", "VERDICT", "POINTS", "TESTS", "FIRST FAILURE", "REMARK");
        foreach (BatchItem item in items)
        {
            table.Add(
                item.Index.ToString(CultureInfo.InvariantCulture),
                item.Submission,
                item.Language,
                item.Verdict ?? (item.State == "dead" ? "set aside" : item.State),
                string.Create(CultureInfo.InvariantCulture, $"{item.Score:0.##}/{item.MaxScore:0.##}"),
                string.Create(CultureInfo.InvariantCulture, $"{item.Passed}/{item.Total}"),
                item.FirstFailure,
                item.Requeued ? "put back to work"
                    : item.Reason
                    ?? ByHand(item)
                    ?? (item.ReuseOf is { } first ? $"the same as {first}" : item.ReusedFrom is { } from ? $"the same as {from.Index} of {from.Batch}" : null));
        }

        return table.ToString();
    }

    public static string Of(RegradeChanges changes)
    {
        Table table = new("#", "SUBMISSION", "BEFORE", "AFTER", "POINTS");
        foreach (ItemChange change in changes.Changes)
        {
            table.Add(
                change.Index.ToString(CultureInfo.InvariantCulture),
                change.Key,
                change.VerdictBefore,
                change.VerdictAfter,
                string.Create(CultureInfo.InvariantCulture, $"{change.ScoreBefore:0.##}/{change.MaxScoreBefore:0.##} -> {change.ScoreAfter:0.##}/{change.MaxScoreAfter:0.##}"));
        }

        string all = changes.Changes.Count > 0 ? table.ToString() : "";
        return all + string.Create(CultureInfo.InvariantCulture, $"{changes.Unchanged} unchanged, {changes.Better} better, {changes.Worse} worse\n");
    }

    private static string? ByHand(BatchItem item)
        => item is { ComputedScore: { } computed, Overrides: [.., { } last] } ? string.Create(CultureInfo.InvariantCulture, $"by hand: {last.Reason} (computed {computed:0.##})") : null;

    private static string? ProblemOf(Batch batch) => batch.Problem is not { } problem ? null : problem.Id.StartsWith("batch:", StringComparison.Ordinal) ? "its own tests" : $"{problem.Id}@{problem.Version}";

    private static string? Some(int count, string remark) => count > 0 ? $"{count} ({remark})" : null;

    private static void Line(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name,-10} {TerminalText.Escape(value)}").Append('\n');
        }
    }
}
