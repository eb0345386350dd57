using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using CodeExec.Core.Batches;
using CodeExec.Core.Grading;

namespace CodeExec.Api.Grading;

/// <summary>The results of a batch as one page that needs nothing else: it can be mailed, printed and kept.</summary>
internal static class BatchReport
{
    private const int Tenths = 10, MostFailures = 12;

    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:72rem;padding:0 1rem;color:#1a1a1a}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#555}dd{margin:0}
        table{border-collapse:collapse;width:100%}th,td{padding:.25rem .6rem;text-align:left;border-bottom:1px solid #ddd;vertical-align:top}th{position:sticky;top:0;background:#fff;white-space:nowrap}
        td{unicode-bidi:isolate;overflow-wrap:anywhere}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}tbody tr:nth-child(even){background:#f6f7f8}
        .charts{display:flex;flex-wrap:wrap;gap:0 1rem}svg text{font:12px system-ui,sans-serif;fill:currentColor}.none{opacity:.45}
        .accepted{color:#14733b}.bad{color:#a61b1b}.ours,.aside{color:#8a5a00}.points{color:#2b5f9e}
        @media(prefers-color-scheme:dark){body{background:#161616;color:#eee}th{background:#161616}th,td{border-color:#333}tbody tr:nth-child(even){background:#1e1f20}dt{color:#aaa}
        .accepted{color:#5fd38d}.bad{color:#ff8a80}.ours,.aside{color:#ffcc66}.points{color:#8ab8f0}}
        @media print{body{margin:0;max-width:none;font-size:11px}th{position:static}tr{break-inside:avoid}}
        """;

    public static async Task WriteAsync(PipeWriter pipe, BatchSummary summary, IAsyncEnumerable<BatchItem> items, CancellationToken cancellationToken)
    {
        StringBuilder rows = new(), aside = new();
        int[] scores = new int[Tenths + 1];
        Dictionary<string, int> failures = new(StringComparer.Ordinal);
        await foreach (BatchItem item in items.WithCancellation(cancellationToken))
        {
            if (item.State == BatchItemState.Dead)
            {
                aside.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{item.Index}<td>{Escaped(item.Key)}<td>{Escaped(item.Language)}<td>{Escaped(item.Reason ?? "")}</tr>\n");
                continue;
            }

            Append(rows, item);
            if (item is { State: BatchItemState.Done, MaxScore: > 0 })
            {
                scores[(int)Math.Clamp(item.Score / item.MaxScore * Tenths, 0, Tenths)]++;
            }

            if (item is { State: BatchItemState.Done, FirstFailure: { } test })
            {
                failures[test] = failures.GetValueOrDefault(test) + 1;
            }
        }

        (Batch batch, ShardTally tally) = (summary.Batch, summary.Counting.Tally);
        string name = Escaped(batch.Name ?? $"Batch {batch.Id}");
        await pipe.WriteAsync(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{name}</title><style>{Style}</style>
            <h1>{name}</h1>
            <dl><dt>Problem</dt><dd>{ProblemOf(summary.Counting.Batch)}</dd><dt>State</dt><dd>{batch.State.ToString().ToLowerInvariant()}</dd>
            <dt>Submissions</dt><dd>{batch.Total}: {tally.Done} graded ({tally.Reused} the same as another), {tally.Dead} set aside, {tally.Cancelled} cancelled{Left(batch, tally)}</dd>
            <dt>Average</dt><dd>{(tally.MaxScore > 0 ? 100 * tally.Score / tally.MaxScore : 0):0.0} % of the points</dd>
            <dt>Begun</dt><dd>{batch.CreatedAt:u}</dd><dt>Ended</dt><dd>{(batch.EndedAt is { } ended ? ended.ToString("u", CultureInfo.InvariantCulture) : "not yet")}</dd></dl>
            <div class="charts"><div><h2>Verdicts</h2>{Chart(Verdicts(tally))}</div>
            <div><h2>Points</h2>{Chart([.. scores.Select((count, i) => (i == Tenths ? "all" : $"{i * 10}–{(i * 10) + 9} %", count, "points"))])}</div>
            {(failures.Count > 0 ? $"<div><h2>First failure</h2>{Chart([.. failures.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Take(MostFailures).Select(pair => ($"test {pair.Key}", pair.Value, "bad"))])}</div>" : "")}</div>
            {(aside.Length > 0 ? $"<h2>Set aside</h2><table><thead><tr><th class=\"n\">#</th><th>Submission</th><th>Language</th><th>Why</th></tr></thead>\n<tbody>{aside}</tbody></table>" : "")}
            <h2>Submissions</h2>{Table(rows)}</html>
            """)),
            cancellationToken);
    }

    private static string Table(StringBuilder rows)
        => $"<table><thead><tr><th class=\"n\">#</th><th>Submission</th><th>Language</th><th>Verdict</th><th class=\"n\">Points</th><th class=\"n\">Tests</th><th>First failure</th><th class=\"n\">ms</th><th>Remark</th></tr></thead>\n<tbody>{rows}</tbody></table>";

    private static void Append(StringBuilder rows, BatchItem item)
    {
        string remark = item switch
        {
            { ComputedScore: { } computed } => string.Create(CultureInfo.InvariantCulture, $"by hand: {item.Overrides[^1].Reason} (computed {computed:0.##})"),
            { ReuseOf: { } first } => string.Create(CultureInfo.InvariantCulture, $"the same as #{first}"),
            { From: { } from } => string.Create(CultureInfo.InvariantCulture, $"the same as #{from.Index} of batch {from.Batch}"),
            _ => "",
        };
        string verdict = item.Verdict is { } known ? $"<span class=\"{ClassOf(known)}\">{Words(known)}</span>" : item.State.ToString().ToLowerInvariant();
        bool graded = item.Verdict is not null;
        rows.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{item.Index}<td>{Escaped(item.Key)}<td>{Escaped(item.Language)}<td>{verdict}");
        rows.Append(CultureInfo.InvariantCulture, $"<td class=\"n\">{(graded ? $"{item.Score:0.##} / {item.MaxScore:0.##}" : "")}<td class=\"n\">{(graded ? $"{item.Passed} / {item.Total}" : "")}");
        rows.Append(CultureInfo.InvariantCulture, $"<td>{Escaped(item.FirstFailure ?? "")}<td class=\"n\">{(graded ? $"{item.DurationMs:N0}" : "")}<td>{Escaped(remark)}</tr>\n");
    }

    private static (string Name, int Count, string Class)[] Verdicts(ShardTally tally)
        => [.. tally.Verdicts.OrderByDescending(pair => pair.Value).Select(pair => (Words(pair.Key), pair.Value, ClassOf(pair.Key))), .. tally.Dead > 0 ? [("set aside", tally.Dead, "aside")] : Array.Empty<(string, int, string)>()];

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
            svg.Append(CultureInfo.InvariantCulture, $"<g{(bars[i].Count == 0 ? " class=\"none\"" : "")}><text x=\"{Label - 8}\" y=\"{(i * Row) + 15}\" text-anchor=\"end\">{Escaped(Cut(bars[i].Name))}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{bars[i].Class}\" x=\"{Label}\" y=\"{(i * Row) + 3}\" width=\"{width}\" height=\"{Row - 6}\" fill=\"currentColor\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Label + width + 6}\" y=\"{(i * Row) + 15}\">{bars[i].Count}</text></g>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string ProblemOf(Batch batch)
        => Core.Problems.OwnProblems.IsId(batch.Problem.Id) ? "tests of its own" : string.Create(CultureInfo.InvariantCulture, $"{Escaped(batch.Problem.Id)}, version {batch.Problem.Version}");

    private static string Left(Batch batch, ShardTally tally)
        => batch.Total > tally.Settled ? string.Create(CultureInfo.InvariantCulture, $", {batch.Total - tally.Settled} to come") : "";

    /// <summary>"wrong answer" for <see cref="Verdict.WrongAnswer"/>.</summary>
    private static string Words(Verdict verdict) => string.Concat(verdict.Name().Select(c => char.IsAsciiLetterUpper(c) ? $" {char.ToLowerInvariant(c)}" : $"{c}"));

    private static string Cut(string text) => text.Length <= 18 ? text : $"{text[..17]}…";

    private static string ClassOf(Verdict verdict) => verdict == Verdict.Accepted ? "accepted" : verdict.IsNotTheSubmitters() ? "ours" : "bad";

    private static string Escaped(string text) => HtmlEncoder.Default.Encode(text);
}
