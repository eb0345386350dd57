using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using CodeExec.Core.Batches;
using CodeExec.Core.Grading;

namespace CodeExec.Api.Grading;

/// <summary>The results of a batch for a spreadsheet.</summary>
internal static class BatchCsv
{
    private const string Header = "index,submission,language,state,verdict,score,maxScore,passed,total,firstFailure,reusedFrom,durationMs,execution,reason\r\n";

    /// <param name="marked">Begins with the mark of UTF-8, without which Excel takes it for something else; programs that read the file do not expect it.</param>
    public static async Task WriteAsync(PipeWriter pipe, IAsyncEnumerable<BatchItem> items, bool marked, CancellationToken cancellationToken)
    {
        await pipe.WriteAsync(Encoding.UTF8.GetBytes(marked ? "\ufeff" + Header : Header), cancellationToken);
        await foreach (BatchItem item in items.WithCancellation(cancellationToken))
        {
            string line = string.Join(',', Cells(item).Select(Cell)) + "\r\n";
            await pipe.WriteAsync(Encoding.UTF8.GetBytes(line), cancellationToken);
        }
    }

    private static string?[] Cells(BatchItem item) =>
    [
        item.Index.ToString(CultureInfo.InvariantCulture),
        item.Key,
        item.Language,
        item.State.ToString().ToLowerInvariant(),
        item.Verdict?.Name(),
        item.Score.ToString(CultureInfo.InvariantCulture),
        item.MaxScore.ToString(CultureInfo.InvariantCulture),
        item.Passed.ToString(CultureInfo.InvariantCulture),
        item.Total.ToString(CultureInfo.InvariantCulture),
        item.FirstFailure,
        item.ReuseOf?.ToString(CultureInfo.InvariantCulture) ?? (item.From is { } from ? string.Create(CultureInfo.InvariantCulture, $"{from.Batch}/{from.Index}") : null),
        item.DurationMs.ToString(CultureInfo.InvariantCulture),
        item.Execution?.ToString(),
        item.Reason,
    ];

    // A spreadsheet takes a cell that begins so for a formula; students choose what their submissions are called.
    private static string Cell(string? text)
    {
        string safe = text is { Length: > 0 } && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' ? "'" + text : text ?? "";
        return safe.AsSpan().IndexOfAny(",\"\r\n") < 0 ? safe : $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
