using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CodeExec.Client;

public sealed partial class CodeExecClient
{
    private const string Batches = "api/batches";

    /// <summary>Hands a batch in. What is returned has been accepted for good.</summary>
    public Task<Batch> SubmitBatchAsync(BatchUpload upload, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        string key = upload.IdempotencyKey ?? Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        Query query = new Query(Batches)
            .With("problem", upload.Problem?.Id).With("version", upload.Problem?.Version).With("name", upload.Name).With("priority", upload.Priority)
            .With("concurrency", upload.Concurrency).With("force", upload.Force == true ? "true" : null)
            .With("startAt", upload.StartAt).With("delayMs", upload.DelayMs);
        foreach ((string name, string value) in upload.Labels ?? new Dictionary<string, string>())
        {
            query.With("label", $"{name}:{value}");
        }

        string path = query.ToString();
        return SendAsync(
            () =>
            {
                HttpRequestMessage message = WithBody(HttpMethod.Post, path, upload.Open(), upload.MediaType);
                message.Headers.Add("Idempotency-Key", key);
                return message;
            },
            ClientJson.Default.Batch,
            cancellationToken);
    }

    public Task<Batch> GetBatchAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, BatchPath(id)), ClientJson.Default.Batch, cancellationToken);

    public Task<BatchPage> ListBatchesAsync(BatchQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        string path = new Query(Batches)
            .With("status", query.State).With("problem", query.Problem).With("label", query.Label).With("limit", query.Limit).With("cursor", query.Cursor).ToString();
        return SendAsync(() => new(HttpMethod.Get, path), ClientJson.Default.BatchPage, cancellationToken);
    }

    /// <summary>How far a batch is, whenever that has changed, until it has ended; reconnects as needed.</summary>
    public async IAsyncEnumerable<BatchProgress> FollowBatchAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string path = $"{BatchPath(id)}/events";
        await foreach (SseItem<string> item in _follower.FollowAsync(
            0,
            last => EventStreamRequest(path, last),
            static item => item.EventType == "result",
            async token => (await GetBatchAsync(id, token)).HasEnded,
            cancellationToken))
        {
            if (item.EventType == "progress" && JsonSerializer.Deserialize(item.Data, ClientJson.Default.BatchProgress) is { } progress)
            {
                yield return progress;
            }
        }
    }

    /// <summary>Work stops after what is being graded, until it is resumed.</summary>
    public Task<Batch> PauseBatchAsync(string id, CancellationToken cancellationToken) => PostAsync(id, "pause", cancellationToken);

    public Task<Batch> ResumeBatchAsync(string id, CancellationToken cancellationToken) => PostAsync(id, "resume", cancellationToken);

    public Task<Batch> CancelBatchAsync(string id, CancellationToken cancellationToken) => PostAsync(id, "cancel", cancellationToken);

    /// <summary>Cancels a batch if need be, and deletes it. Its executions stay.</summary>
    public async Task DeleteBatchAsync(string id, CancellationToken cancellationToken)
        => (await _transport.SendAsync(() => new(HttpMethod.Delete, BatchPath(id)), readWhole: true, cancellationToken)).Dispose();

    /// <summary>Every submission with what it came to, in the order of the batch.</summary>
    public async IAsyncEnumerable<BatchItem> ReadResultsAsync(string id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using Stream lines = await GetResultsAsync(id, "ndjson", cancellationToken);
        await foreach (BatchItem? item in JsonSerializer.DeserializeAsyncEnumerable(lines, ClientJson.Default.BatchItem, topLevelValues: true, cancellationToken))
        {
            yield return item ?? throw new JsonException("A result is null.");
        }
    }

    /// <param name="format">"json", "ndjson", "csv" or "html".</param>
    public async Task<Stream> GetResultsAsync(string id, string format, CancellationToken cancellationToken)
    {
        string path = new Query($"{BatchPath(id)}/results").With("format", format).ToString();
        HttpResponseMessage response = await _transport.SendAsync(() => new(HttpMethod.Get, path), readWhole: false, cancellationToken);
        return await response.Content.ReadAsStreamAsync(cancellationToken); // disposing the stream ends the response
    }

    /// <summary>What was set aside.</summary>
    public Task<BatchItemList> ListDeadLettersAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, $"{BatchPath(id)}/dead-letters"), ClientJson.Default.BatchItemList, cancellationToken);

    /// <summary>Puts one that was set aside back to work.</summary>
    /// <param name="mended">Null: as it is.</param>
    public Task<Batch> RequeueAsync(string id, int index, ExecutionRequest? mended, CancellationToken cancellationToken)
    {
        string path = $"{BatchPath(id)}/dead-letters/{index}/requeue";
        return SendAsync(
            () => mended is null ? new(HttpMethod.Post, path) : WithBody(HttpMethod.Post, path, Bytes(mended, ClientJson.Default.ExecutionRequest), "application/json"),
            ClientJson.Default.Batch,
            cancellationToken);
    }

    /// <summary>Grades the same submissions again, as a batch of its own.</summary>
    public Task<Batch> RegradeAsync(string id, Regrade by, CancellationToken cancellationToken)
    {
        string key = Guid.CreateVersion7(_clock.GetUtcNow()).ToString("n");
        return SendAsync(
            () =>
            {
                HttpRequestMessage message = WithBody(HttpMethod.Post, $"{BatchPath(id)}/regrade", Bytes(by, ClientJson.Default.Regrade), "application/json");
                message.Headers.Add("Idempotency-Key", key);
                return message;
            },
            ClientJson.Default.Batch,
            cancellationToken);
    }

    /// <param name="regradeId">The batch that a regrade made.</param>
    public Task<RegradeChanges> GetChangesAsync(string regradeId, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, $"{BatchPath(regradeId)}/changes"), ClientJson.Default.RegradeChanges, cancellationToken);

    /// <summary>From now on the results of a regrade are those of the batch that it regrades.</summary>
    public Task<Batch> PublishAsync(string regradeId, CancellationToken cancellationToken) => PostAsync(regradeId, "publish", cancellationToken);

    /// <summary>A batch has its own results again.</summary>
    public Task<Batch> RollbackAsync(string id, CancellationToken cancellationToken) => PostAsync(id, "rollback", cancellationToken);

    /// <summary>What became of the callbacks of a batch.</summary>
    public Task<DeliveryList> ListBatchDeliveriesAsync(string id, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Get, $"{BatchPath(id)}/deliveries"), ClientJson.Default.DeliveryList, cancellationToken);

    private static string BatchPath(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return $"{Batches}/{Uri.EscapeDataString(id)}";
    }

    private Task<Batch> PostAsync(string id, string verb, CancellationToken cancellationToken)
        => SendAsync(() => new(HttpMethod.Post, $"{BatchPath(id)}/{verb}"), ClientJson.Default.Batch, cancellationToken);
}
