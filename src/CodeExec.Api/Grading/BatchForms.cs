using System.IO.Pipelines;
using System.Text.Json;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Problems.Importing;
using CodeExec.Core.Storage;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Grading;

/// <inheritdoc cref="IBatchForms"/>
internal sealed class BatchForms(BatchArchive archives, IOptions<GradingOptions> options) : IBatchForms
{
    private const int LongestId = 200;

    private static readonly HashSet<string> MessageMembers = ["id", "tenant", "batch", "blob", "format", "submissions", .. BatchReader.DraftMembers];

    private static readonly HashSet<string> SubmissionMembers = ["submission", .. BatchReader.SubmissionMembers];

    private static readonly HashSet<string> BodyMembers = [.. BatchReader.SubmissionMembers.Except(["id"])];

    public QueuedBatch ReadMessage(ReadOnlyMemory<byte> message)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(message, BatchLines.Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object ? Message(document.RootElement) : throw new BatchRefusedException("The message is not a JSON object.");
        }
        catch (RequestRefusedException e)
        {
            throw new BatchRefusedException(RefusalText.Of(e));
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BatchRefusedException("The message is not JSON that can be read with one meaning.", e);
        }
    }

    public async Task<BatchContent> ReadAsync(Stream content, BatchFormat format, BatchDraft outside, CancellationToken cancellationToken)
    {
        try
        {
            switch (format)
            {
                case BatchFormat.Ndjson:
                    return await BatchLines.ReadAsync(PipeReader.Create(content), outside, cancellationToken);
                case BatchFormat.Zip:
                    return await ReadArchiveAsync(content, outside, cancellationToken);
                default:
                    using (JsonDocument document = await JsonDocument.ParseAsync(content, BatchLines.Strict, cancellationToken))
                    {
                        (BatchDraft draft, IReadOnlyList<BatchSubmission> submissions) = BatchReader.ReadWhole(document.RootElement);
                        return new BatchContent(BatchReader.Join(outside, draft), submissions.ToAsyncEnumerable());
                    }
            }
        }
        catch (RequestRefusedException e)
        {
            throw new BatchRefusedException(RefusalText.Of(e));
        }
        catch (ArchiveRefusedException e)
        {
            throw new BatchRefusedException(e.Message, e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new BatchRefusedException("The blob is not JSON that can be read with one meaning.", e);
        }
    }

    // A zip is read from its end: from a store that can not seek it is put aside first.
    private async Task<BatchContent> ReadArchiveAsync(Stream content, BatchDraft outside, CancellationToken cancellationToken)
    {
        if (content.CanSeek)
        {
            return archives.Read(await SafeArchive.ReadAsync(content, options.Value, leaveOut: true, cancellationToken), outside);
        }

        await using FileStream aside = PutAside.Create();
        await content.CopyToAsync(aside, cancellationToken);
        aside.Position = 0;
        return archives.Read(await SafeArchive.ReadAsync(aside, options.Value, leaveOut: true, cancellationToken), outside);
    }

    private static QueuedBatch Message(JsonElement message)
    {
        FieldErrors errors = new();
        JsonFields fields = new(message, "", errors, MessageMembers);
        string id = fields.Text("id") ?? "", tenant = fields.Text("tenant") ?? TenantId.Default.Value;
        if (id.Length is 0 or > LongestId)
        {
            errors.Add("id", $"Give the message an id of your own, 1 to {LongestId} characters: sent twice, it is graded once.");
        }

        string? blob = fields.Text("blob");
        List<BatchSubmission>? submissions = fields.Objects("submissions", SubmissionMembers)?.Select(Submission).ToList();
        if (blob is null == submissions is null)
        {
            errors.Add("submissions", "Send submissions, or name the blob that they are in.");
        }
        else if (blob is not null && !BlobKey.IsKey(blob))
        {
            errors.Add("blob", "Must be a name of small letters, digits, '-', '.', '_' and '/', below 'intake/'.");
        }

        BatchFormat format = FormatOf(fields.Text("format"), blob, errors);
        BatchDraft draft = BatchReader.Draft(fields);
        if (fields.Object("batch", BatchReader.DraftMembers) is { } apart)
        {
            draft = BatchReader.Join(draft, BatchReader.Draft(apart));
        }

        errors.ThrowIfAny();
        return new QueuedBatch(id, tenant, draft, submissions, blob, format);
    }

    // As in the body of POST /api/batches; or with the submission apart from its id, as in the intake queue.
    private static BatchSubmission Submission(JsonFields fields)
        => fields.Object("submission", BodyMembers) is { } apart ? new(fields.Text("id"), Executions.SubmissionReader.Read(apart)) : BatchReader.Submission(fields);

    private static BatchFormat FormatOf(string? format, string? blob, FieldErrors errors)
    {
        switch (format ?? Path.GetExtension(blob))
        {
            case "json" or ".json" or null or "": return BatchFormat.Json;
            case "ndjson" or ".ndjson" or ".jsonl": return BatchFormat.Ndjson;
            case "zip" or ".zip": return BatchFormat.Zip;
            default:
                errors.Add("format", "Must be json, ndjson or zip; unless given, the blob's name ends so.");
                return default;
        }
    }
}
