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
    private const int Bars = 10;

    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem;color:#1a1a1a}
        h1{font-size:1.5rem}h2{font-size:1.1rem;margin-top:2rem}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#555}dd{margin:0}
        table{border-collapse:collapse;width:100%}th,td{padding:.25rem .6rem;text-align:left;border-bottom:1px solid #ddd}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
        .charts{display:flex;flex-wrap:wrap;gap:2rem}svg text{font:12px system-ui,sans-serif;fill:currentColor}
        .accepted{color:#14733b}.bad{color:#a61b1b}.ours{color:#8a5a00}
        @media(prefers-color-scheme:dark){body{background:#161616;color:#eee}th,td{border-color:#333}dt{color:#aaa}.accepted{color:#5fd38d}.bad{color:#ff8a80}.ours{color:#ffcc66}}
        """;

    public static async Task WriteAsync(PipeWriter pipe, BatchSummary summary, IAsyncEnumerable<BatchItem> items, CancellationToken cancellationToken)
    {
        StringBuilder rows = new();
        int[] scores = new int[Bars];
        await foreach (BatchItem item in items.WithCancellation(cancellationToken))
        {
            Append(rows, item);
            if (item is { State: BatchItemState.Done, MaxScore: > 0 })
            {
                scores[(int)Math.Clamp(item.Score / item.MaxScore * Bars, 0, Bars - 1)]++;
            }
        }

        string name = Escaped(summary.Batch.Name ?? $"Batch {summary.Batch.Id}");
        string page = string.Create(CultureInfo.InvariantCulture, $"""
            <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{name}</title><style>{Style}</style>
            <h1>{name}</h1>
            <dl><dt>Problem</dt><dd>{Escaped(summary.Batch.Problem.Id)}, version {summary.Batch.Problem.Version}</dd><dt>State</dt><dd>{summary.Batch.State}</dd>
            <dt>Submissions</dt><dd>{summary.Batch.Total}, of which {summary.Tally.Done} graded ({summary.Tally.Reused} the same as another), {summary.Tally.Dead} set aside, {summary.Tally.Cancelled} cancelled</dd>
            <dt>Average</dt><dd>{(summary.Tally.MaxScore > 0 ? 100 * summary.Tally.Score / summary.Tally.MaxScore : 0):0.0} % of the points</dd>
            <dt>From, to</dt><dd>{summary.Batch.CreatedAt:u}, {summary.Batch.EndedAt:u}</dd></dl>
            <div class="charts"><div><h2>Verdicts</h2>{Chart([.. summary.Tally.Verdicts.OrderByDescending(pair => pair.Value).Select(pair => (pair.Key.Name(), pair.Value, ClassOf(pair.Key)))])}</div>
            <div><h2>Points</h2>{Chart([.. scores.Select((count, i) => ($"{i * 10}–{(i + 1) * 10} %", count, "accepted"))])}</div></div>
            <h2>Submissions</h2><table><thead><tr><th class="n">#</th><th>Submission</th><th>Language</th><th>Verdict</th><th class="n">Points</th><th class="n">Tests</th><th>First failure</th><th class="n">ms</th><th>Remark</th></tr></thead>
            <tbody>{rows}</tbody></table></html>
            """);
        await pipe.WriteAsync(Encoding.UTF8.GetBytes(page), cancellationToken);
    }

    private static void Append(StringBuilder rows, BatchItem item)
    {
        string remark = item.State == BatchItemState.Dead ? item.Reason ?? "set aside" : item.ReuseOf is { } first ? string.Create(CultureInfo.InvariantCulture, $"the same as #{first + 1}") : "";
        remark = item.ComputedScore is { } computed ? string.Create(CultureInfo.InvariantCulture, $"by hand: {item.Overrides[^1].Reason} (computed {computed:0.##})") : remark;
        string verdict = item.Verdict is { } known ? $"<span class=\"{ClassOf(known)}\">{known.Name()}</span>" : item.State.ToString().ToLowerInvariant();
        rows.Append(CultureInfo.InvariantCulture, $"<tr><td class=\"n\">{item.Index + 1}<td>{Escaped(item.Key)}<td>{Escaped(item.Language)}<td>{verdict}<td class=\"n\">{item.Score:0.##} / {item.MaxScore:0.##}<td class=\"n\">{item.Passed} / {item.Total}<td>{Escaped(item.FirstFailure ?? "")}<td class=\"n\">{item.DurationMs}<td>{Escaped(remark)}</tr>\n");
    }

    /// <summary>Bars, one below the other, with what they stand for in words: no colour is needed to read it.</summary>
    private static string Chart((string Name, int Count, string Class)[] bars)
    {
        const int Row = 22, Label = 150, Width = 260;
        int most = Math.Max(1, bars.Select(bar => bar.Count).DefaultIfEmpty(0).Max());
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg role=\"img\" width=\"{Label + Width + 50}\" height=\"{Math.Max(1, bars.Length) * Row}\">");
        for (int i = 0; i < bars.Length; i++)
        {
            int width = Width * bars[i].Count / most;
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Label - 8}\" y=\"{(i * Row) + 15}\" text-anchor=\"end\">{Escaped(bars[i].Name)}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{bars[i].Class}\" x=\"{Label}\" y=\"{(i * Row) + 3}\" width=\"{width}\" height=\"{Row - 6}\" fill=\"currentColor\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Label + width + 6}\" y=\"{(i * Row) + 15}\">{bars[i].Count}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static string ClassOf(Verdict verdict) => verdict == Verdict.Accepted ? "accepted" : verdict.IsNotTheSubmitters() ? "ours" : "bad";

    private static string Escaped(string text) => HtmlEncoder.Default.Encode(text);
}
