using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches;

/// <summary>Batches, their items and how far their shards are, as documents; the submissions themselves in blobs.</summary>
public sealed class BatchStore(IDocumentStore documents, IBlobStore blobs)
{
    private const string Batches = "batches", Items = "batch-items", Open = "batches-open";

    private static readonly DocumentPartition OpenPartition = new(Open, "all");

    public async Task<(Batch Value, long Revision)?> FindAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
        => await documents.FindAsync<Batch>(Of(tenant), id.ToString(), cancellationToken);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Batch>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken)
        => [.. (await documents.ListAsync(Of(tenant), new DocumentRange(limit, after, Descending: true), cancellationToken)).Select(DocumentJson.Read<Batch>)];

    /// <summary>Of all tenants, those that were made before a time, the oldest first.</summary>
    public IAsyncEnumerable<Batch> ListOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
        => OldDocuments.ListAsync(documents, Batches, null, document => DocumentJson.Read<Batch>(document).CreatedAt, before, cancellationToken).Select(old => DocumentJson.Read<Batch>(old.Document));

    /// <summary>Begins with a batch: from now on a start-up knows of it.</summary>
    /// <returns>False if there is one of this id.</returns>
    public async Task<bool> CreateAsync(Batch batch, CancellationToken cancellationToken)
    {
        await OpenAsync(batch, cancellationToken);
        return await documents.TryWriteAsync(Of(batch.Tenant), [DocumentWrite.Create(batch.Id.ToString(), DocumentJson.Write(batch))], cancellationToken);
    }

    /// <summary>Changes a batch; the change may be asked for more than once.</summary>
    /// <param name="change">Null: leave it as it is.</param>
    /// <returns>As it is then; null if there is none.</returns>
    public async Task<Batch?> ChangeAsync(TenantId tenant, BatchId id, Func<Batch, Batch?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await FindAsync(tenant, id, cancellationToken) is { } found)
        {
            if (change(found.Value) is not { } changed)
            {
                return found.Value;
            }

            if (await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Update(id.ToString(), DocumentJson.Write(changed), found.Revision)], cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Those that a start-up has to look after.</summary>
    public async Task<IReadOnlyList<OpenBatch>> ListOpenAsync(CancellationToken cancellationToken)
        => [.. await documents.ListAllAsync(OpenPartition, null, cancellationToken).Select(DocumentJson.Read<OpenBatch>).ToListAsync(cancellationToken)];

    public Task OpenAsync(Batch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return documents.TryWriteAsync(OpenPartition, [DocumentWrite.Put(batch.Id.ToString(), DocumentJson.Write(new OpenBatch(batch.Tenant, batch.Id)))], cancellationToken);
    }

    public Task CloseAsync(BatchId id, CancellationToken cancellationToken) => documents.TryWriteAsync(OpenPartition, [DocumentWrite.Delete(id.ToString())], cancellationToken);

    /// <summary>Stores a shard of items with how far it is, all at once.</summary>
    public Task WriteShardAsync(BatchId id, int shard, IReadOnlyCollection<BatchItem> changed, ShardTally tally, CancellationToken cancellationToken)
        => WriteAllAsync(
            id,
            [.. changed.Select(item => DocumentWrite.Put(ItemKey(item.Index), DocumentJson.Write(item)))],
            DocumentWrite.Put(ShardKey(shard), DocumentJson.Write(tally)),
            cancellationToken);

    /// <summary>Changes items of a shard that nobody works on, and how far it is with them; again, from what is there then, where somebody else was quicker.</summary>
    /// <param name="change">The items that are to be others; none: leave them as they are.</param>
    /// <returns>The last that were changed, so many as fit into one write.</returns>
    public async Task<IReadOnlyList<BatchItem>> ChangeShardAsync(
        Batch batch, int shard, Func<IReadOnlyList<BatchItem>, IEnumerable<BatchItem>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(change);
        while (true)
        {
            Document? tally = await documents.FindAsync(Of(batch.Id), ShardKey(shard), cancellationToken); // first: who writes an item writes it too
            IReadOnlyList<BatchItem> items = await ReadShardAsync(batch, shard, cancellationToken);
            Dictionary<int, BatchItem> changed = change(items).Take(IDocumentStore.MostWrites - 1).ToDictionary(item => item.Index);
            DocumentWrite[] writes =
            [
                .. changed.Values.Select(item => DocumentWrite.Put(ItemKey(item.Index), DocumentJson.Write(item))),
                DocumentWrite.Update(ShardKey(shard), DocumentJson.Write(ShardTally.Of([.. items.Select(item => changed.GetValueOrDefault(item.Index, item))])), tally?.Revision ?? 0),
            ];
            if (changed.Count == 0 || await documents.TryWriteAsync(Of(batch.Id), writes, cancellationToken))
            {
                return [.. changed.Values];
            }
        }
    }

    /// <summary>Asks for a submission to be put back to work; whoever works on its shard next does it.</summary>
    public Task WriteRequeueAsync(BatchId id, int shard, RequeueRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        return documents.TryWriteAsync(Of(id), [DocumentWrite.Put(RequeuePrefix(shard) + ItemKey(request.Index), DocumentJson.Write(request))], cancellationToken);
    }

    /// <param name="shard">Null: of all.</param>
    public async Task<IReadOnlyList<RequeueRequest>> ReadRequeuesAsync(BatchId id, int? shard, CancellationToken cancellationToken)
        => await documents.ListAllAsync(Of(id), shard is { } one ? RequeuePrefix(one) : "r:", cancellationToken).Select(DocumentJson.Read<RequeueRequest>).ToListAsync(cancellationToken);

    /// <summary>Stores what was put back to work, and that it was, all at once.</summary>
    public Task ApplyRequeuesAsync(BatchId id, int shard, IEnumerable<BatchItem> changed, IEnumerable<RequeueRequest> applied, ShardTally tally, CancellationToken cancellationToken)
        => WriteAllAsync(
            id,
            [.. changed.Select(item => DocumentWrite.Put(ItemKey(item.Index), DocumentJson.Write(item))), .. applied.Select(one => DocumentWrite.Delete(RequeuePrefix(shard) + ItemKey(one.Index)))],
            DocumentWrite.Put(ShardKey(shard), DocumentJson.Write(tally)),
            cancellationToken);

    public async Task<BatchItem?> FindItemAsync(BatchId id, int index, CancellationToken cancellationToken)
        => (await documents.FindAsync<BatchItem>(Of(id), ItemKey(index), cancellationToken))?.Value;

    public async Task<IReadOnlyList<BatchItem>> ReadShardAsync(Batch batch, int shard, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        int first = shard * batch.ShardSize;
        string? after = first == 0 ? null : ItemKey(first - 1);
        IReadOnlyList<Document> page = await documents.ListAsync(Of(batch.Id), new DocumentRange(Math.Min(batch.ShardSize, batch.Total - first), after, "i:"), cancellationToken);
        return [.. page.Select(DocumentJson.Read<BatchItem>)];
    }

    /// <summary>In the order of the batch.</summary>
    public async IAsyncEnumerable<BatchItem> ReadItemsAsync(BatchId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (Document document in documents.ListAllAsync(Of(id), "i:", cancellationToken))
        {
            yield return DocumentJson.Read<BatchItem>(document);
        }
    }

    /// <summary>What a batch came to, or has come to so far.</summary>
    public async Task<ShardTally> TallyAsync(Batch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        return batch.Final ?? await TallyAsync(batch.Id, cancellationToken);
    }

    public async Task<ShardTally> TallyAsync(BatchId id, CancellationToken cancellationToken)
        => ShardTally.Sum(await documents.ListAllAsync(Of(id), "s:", cancellationToken).Select(DocumentJson.Read<ShardTally>).ToListAsync(cancellationToken));

    public Task WriteSubmissionsAsync(BatchId id, int shard, IReadOnlyList<Submission> submissions, CancellationToken cancellationToken)
        => blobs.WriteAsync(SubmissionsKey(id, shard), JsonSerializer.SerializeToUtf8Bytes(submissions, OrchestrationJson.Options), cancellationToken);

    /// <exception cref="InvalidOperationException">They are gone: the batch was deleted.</exception>
    public async Task<IReadOnlyList<Submission>> ReadSubmissionsAsync(BatchId id, int shard, CancellationToken cancellationToken)
        => await ReadAsync<IReadOnlyList<Submission>>(SubmissionsKey(id, shard), cancellationToken);

    public async Task<string> WriteMendedAsync(BatchId id, int index, Submission submission, CancellationToken cancellationToken)
    {
        string key = $"{Prefix(id)}mended/{index}-{Guid.NewGuid():n}";
        await blobs.WriteAsync(key, JsonSerializer.SerializeToUtf8Bytes(submission, OrchestrationJson.Options), cancellationToken);
        return key;
    }

    public Task<Submission> ReadMendedAsync(string key, CancellationToken cancellationToken) => ReadAsync<Submission>(key, cancellationToken);

    /// <summary>Forgets a batch. Its record goes last, so that a deletion that was cut short can be repeated.</summary>
    public async Task DeleteAsync(TenantId tenant, BatchId id, CancellationToken cancellationToken)
    {
        await documents.DeleteAllAsync(Of(id), cancellationToken);
        await blobs.DeleteAsync(Prefix(id), cancellationToken);
        await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(id.ToString())], cancellationToken);
        await CloseAsync(id, cancellationToken);
    }

    // More than fit into one write: the tally goes with each, and is right with the last.
    private async Task WriteAllAsync(BatchId id, DocumentWrite[] writes, DocumentWrite tally, CancellationToken cancellationToken)
    {
        foreach (DocumentWrite[] some in writes.Chunk(IDocumentStore.MostWrites - 1).DefaultIfEmpty([]))
        {
            await documents.TryWriteAsync(Of(id), [.. some, tally], cancellationToken);
        }
    }

    private async Task<T> ReadAsync<T>(string key, CancellationToken cancellationToken)
    {
        await using Stream stored = await blobs.OpenReadAsync(key, cancellationToken) ?? throw new InvalidOperationException("Submissions of a batch are gone.");
        return (await JsonSerializer.DeserializeAsync<T>(stored, OrchestrationJson.Options, cancellationToken))!;
    }

    private static DocumentPartition Of(TenantId tenant) => new(Batches, tenant.Value);

    private static DocumentPartition Of(BatchId id) => new(Items, id.ToString());

    private static string ItemKey(int index) => string.Create(CultureInfo.InvariantCulture, $"i:{index:D8}");

    private static string ShardKey(int shard) => string.Create(CultureInfo.InvariantCulture, $"s:{shard:D8}");

    private static string RequeuePrefix(int shard) => string.Create(CultureInfo.InvariantCulture, $"r:{shard:D8}:");

    private static string Prefix(BatchId id) => $"batches/{id}/";

    private static string SubmissionsKey(BatchId id, int shard) => $"{Prefix(id)}submissions/{shard}";
}

/// <summary>A batch that has not ended.</summary>
public sealed record OpenBatch(TenantId Tenant, BatchId Id);
