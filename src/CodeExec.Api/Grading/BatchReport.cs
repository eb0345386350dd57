using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using CodeExec.Core.Batches;
using CodeExec.Core.Grading;

namespace CodeExec.Api.Grading;

/// <summary>The results of a batch as one page that needs nothing else: it can be mailed, printed and kept.</summary>
internal static class BatchReport
{
    private const int Tenths = 10, MostFailures = 12;

    public static async Task WriteAsync(PipeWriter pipe, BatchSummary summary, IAsyncEnumerable<BatchItem> items, CancellationToken cancellationToken)
    {
        StringBuilder rows = new(), aside = new();
        int[] scores = new int[Tenths + 1];
        List<decimal> parts = [];
        Dictionary<string, int> failures = new(StringComparer.Ordinal);
        await foreach (BatchItem item in items.WithCancellation(cancellationToken))
        {
            if (item.State == BatchItemState.Dead)
            {
                aside.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n w\">{item.Index}<td>{ReportText.Of(item.Key)}<td class=\"w\">{ReportText.Of(item.Language)}<td>{ReportText.Of(item.Reason)}</tr>\n");
                continue;
            }

            Append(rows, item);
            if (item is { State: BatchItemState.Done, MaxScore: > 0 })
            {
                parts.Add(item.Score / item.MaxScore);
                scores[(int)Math.Clamp(parts[^1] * Tenths, 0, Tenths)]++;
            }

            if (item is { State: BatchItemState.Done, FirstFailure: { } test })
            {
                failures[test] = failures.GetValueOrDefault(test) + 1;
            }
        }

        (Batch batch, ShardTally tally) = (summary.Batch, summary.Counting.Tally);
        string name = ReportText.Of(batch.Name ?? $"Batch {batch.Id}");
        await pipe.WriteAsync(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{name}</title><style>{BatchReportLook.Style}</style>
            <h1>{name}</h1>
            <dl><dt>Problem</dt><dd>{ProblemOf(summary.Counting.Batch)}</dd><dt>State</dt><dd>{batch.State.ToString().ToLowerInvariant()}{(batch.Published is { } regrade ? $"; results of regrade {regrade}" : "")}</dd>
            <dt>Submissions</dt><dd>{batch.Total}: {tally.Done} graded{Some(tally.Reused, "of them the same as another")}{Some(tally.Dead, "set aside")}{Some(tally.Cancelled, "cancelled")}{Some(batch.Total - tally.Settled, "to come")}</dd>
            <dt>Points</dt><dd>{(tally.MaxScore > 0 ? 100 * tally.Score / tally.MaxScore : 0):0.0} % on average, {100 * Median(parts):0.0} % in the middle</dd>
            <dt>Begun</dt><dd>{Time(batch.CreatedAt)}</dd><dt>Ended</dt><dd>{(batch.EndedAt is { } ended ? Time(ended) : "not yet")}</dd></dl>
            <div class="charts"><div><h2>Verdicts</h2>{Chart(Verdicts(tally))}</div>
            <div><h2>Points</h2>{Chart([.. scores.Select((count, i) => (i == Tenths ? "all" : $"{i * 10}–{(i * 10) + 9} %", count, "points"))])}</div>
            {(failures.Count > 0 ? $"<div><h2>First failure</h2>{Chart([.. failures.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostFailures).Select(pair => ($"test {pair.Key}", pair.Value, "bad"))])}</div>" : "")}</div>
            {(aside.Length > 0 ? $"<h2>Set aside</h2><table><thead><tr><th class=\"n w\">#</th><th>Submission</th><th class=\"w\">Language</th><th>Why</th></tr></thead>\n<tbody>{aside}</tbody></table>" : "")}
            <h2>Submissions</h2>{Table(rows)}<script>{BatchReportLook.Script}</script></html>
            """)),
            cancellationToken);
    }

    private static string Table(StringBuilder rows)
        => $"<table class=\"sorts\"><thead><tr><th class=\"n w\">#</th><th>Submission</th><th class=\"w\">Language</th><th>Verdict</th><th class=\"n\">Points</th><th class=\"n w\">Tests</th><th>First failure</th><th class=\"n w\">ms</th></tr></thead>\n<tbody>{rows}</tbody></table>";

    private static void Append(StringBuilder rows, BatchItem item)
    {
        string remark = item switch
        {
            { ComputedScore: { } computed } => string.Create(CultureInfo.InvariantCulture, $"by hand: {item.Overrides[^1].Reason} (computed {computed:0.##})"),
            { ReuseOf: { } first } => string.Create(CultureInfo.InvariantCulture, $"the same as #{first}"),
            { From: { } from } => string.Create(CultureInfo.InvariantCulture, $"the same as #{from.Index} of batch {from.Batch}"),
            _ => "",
        };
        string verdict = item.Verdict is { } known ? $"<span class=\"{ClassOf(known)}\">{ReportText.Of(known)}</span>" : item.State.ToString().ToLowerInvariant();
        bool graded = item.Verdict is not null;
        rows.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n w\">{item.Index}<td>{ReportText.Of(item.Key)}{(remark.Length > 0 ? $"<br><small>{ReportText.Of(remark)}</small>" : "")}");
        rows.Append(CultureInfo.InvariantCulture, $"<td class=\"w\">{ReportText.Of(item.Language)}<td class=\"v\">{verdict}<td class=\"n\">{(graded ? $"{item.Score:0.##} / {item.MaxScore:0.##}" : "")}");
        rows.Append(CultureInfo.InvariantCulture, $"<td class=\"n w\">{(graded ? $"{item.Passed} / {item.Total}" : "")}<td>{ReportText.Of(item.FirstFailure)}<td class=\"n w\">{(graded ? $"{item.DurationMs:N0}" : "")}</tr>\n");
    }

    private static (string Name, int Count, string Class)[] Verdicts(ShardTally tally)
        => [.. tally.Verdicts.OrderByDescending(pair => pair.Value).Select(pair => (ReportText.Of(pair.Key), pair.Value, ClassOf(pair.Key))), .. tally.Dead > 0 ? [("set aside", tally.Dead, "aside")] : Array.Empty<(string, int, string)>()];

    /// <summary>Bars, one below the other, with what they stand for in words: no colour is needed to read it.</summary>
    private static string Chart((string Name, int Count, string Class)[] bars)
    {
        const int Row = 22, Label = 118, Width = 170, Least = 2;
        int most = Math.Max(1, bars.Select(bar => bar.Count).DefaultIfEmpty(0).Max());
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" width=\"{Label + Width + 50}\" height=\"{Math.Max(1, bars.Length) * Row}\">");
        for (int i = 0; i < bars.Length; i++)
        {
            int width = bars[i].Count == 0 ? 0 : Math.Max(Least, (int)((long)Width * bars[i].Count / most));
            svg.Append(CultureInfo.InvariantCulture, $"<g{(bars[i].Count == 0 ? " class=\"none\"" : "")}><text x=\"{Label - 8}\" y=\"{(i * Row) + 15}\" text-anchor=\"end\">{ReportText.Of(Cut(bars[i].Name))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{bars[i].Class}\" x=\"{Label}\" y=\"{(i * Row) + 3}\" width=\"{width}\" height=\"{Row - 6}\" fill=\"currentColor\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Label + width + 6}\" y=\"{(i * Row) + 15}\">{bars[i].Count}</text></g>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string ProblemOf(Batch batch)
        => Core.Problems.OwnProblems.IsId(batch.Problem.Id) ? "tests of its own" : string.Create(CultureInfo.InvariantCulture, $"{ReportText.Of(batch.Problem.Id)}, version {batch.Problem.Version}");

    private static string Some(int count, string what) => count > 0 ? string.Create(CultureInfo.InvariantCulture, $", {count} {what}") : "";

    private static decimal Median(List<decimal> parts)
    {
        parts.Sort();
        return parts.Count == 0 ? 0 : (parts[(parts.Count - 1) / 2] + parts[parts.Count / 2]) / 2;
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Cut(string text) => text.Length <= 18 ? text : $"{text[..17]}…";

    private static string ClassOf(Verdict verdict) => verdict == Verdict.Accepted ? "accepted" : verdict.IsNotTheSubmitters() ? "ours" : "bad";
}
