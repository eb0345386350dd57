using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Batches.Submitting;

namespace CodeExec.Api.Grading;

/// <summary>Batches as lines of JSON: one submission a line, as they come. The first line may say what is to be said of the batch: <c>{"batch": {…}}</c>.</summary>
internal static class BatchLines
{
    private const int LongestLine = 8 << 20, MaxDepth = 32;

    internal static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private static readonly HashSet<string> LineMembers = ["batch", .. BatchReader.SubmissionMembers];

    public static async Task<BatchContent> ReadAsync(PipeReader body, BatchDraft outside, CancellationToken cancellationToken)
    {
        IAsyncEnumerator<Line> lines = LinesAsync(body, cancellationToken).GetAsyncEnumerator(cancellationToken);
        Line first = await lines.MoveNextAsync() ? lines.Current : default;
        return first.Draft is { } draft
            ? new BatchContent(BatchReader.Join(outside, draft), RestAsync(null, lines))
            : new BatchContent(outside, RestAsync(first.Submission, lines));
    }

    private static async IAsyncEnumerable<BatchSubmission> RestAsync(BatchSubmission? first, IAsyncEnumerator<Line> lines)
    {
        await using (lines)
        {
            if (first is not null)
            {
                yield return first;
            }

            while (await lines.MoveNextAsync())
            {
                yield return lines.Current.Submission ?? throw new BatchRefusedException($"Line {lines.Current.Number} is about the batch: only the first line may be.");
            }
        }
    }

    private static async IAsyncEnumerable<Line> LinesAsync(PipeReader body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        int number = 0;
        while (true)
        {
            ReadResult read = await body.ReadAsync(cancellationToken);
            ReadOnlySequence<byte> buffer = read.Buffer;
            while (buffer.PositionOf((byte)'\n') is { } end)
            {
                ReadOnlySequence<byte> line = buffer.Slice(0, end);
                buffer = buffer.Slice(buffer.GetPosition(1, end));
                if (Parse(line, ++number) is { } parsed)
                {
                    yield return parsed;
                }
            }

            if (read.IsCompleted)
            {
                if (Parse(buffer, ++number) is { } last)
                {
                    yield return last;
                }

                body.AdvanceTo(buffer.End);
                yield break;
            }

            if (buffer.Length > LongestLine)
            {
                throw new BatchRefusedException($"Line {number + 1} is longer than {LongestLine} bytes.");
            }

            body.AdvanceTo(buffer.Start, buffer.End);
        }
    }

    private static Line? Parse(ReadOnlySequence<byte> line, int number)
    {
        SequenceReader<byte> reader = new(line);
        if (number == 1)
        {
            reader.IsNext([0xEF, 0xBB, 0xBF], advancePast: true); // the mark of UTF-8, which some editors and shells put before it
        }

        line = reader.UnreadSequence;
        reader.AdvancePastAny(" \t\r"u8);
        if (reader.End)
        {
            return null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(line, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new BatchRefusedException($"Line {number} is not a JSON object.");
            }

            FieldErrors errors = new();
            JsonFields fields = new(document.RootElement, "", errors, LineMembers);
            Line parsed = fields.Object("batch", BatchReader.DraftMembers) is { } draft
                ? new(number, BatchReader.Draft(draft), null)
                : new(number, null, BatchReader.Submission(fields));
            errors.ThrowIfAny();
            return parsed;
        }
        catch (RequestRefusedException e)
        {
            throw new BatchRefusedException($"Line {number}: {RefusalText.Of(e)}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BatchRefusedException($"Line {number} is not JSON that can be read with one meaning.", e);
        }
    }

    private readonly record struct Line(int Number, BatchDraft? Draft, BatchSubmission? Submission);
}
