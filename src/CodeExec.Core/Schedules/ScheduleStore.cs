using System.Text;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Schedules;

/// <summary>Schedules as documents; what they start, which may be large and have secrets, encrypted in blobs.</summary>
public sealed class ScheduleStore(IDocumentStore documents, IBlobStore blobs, ISecretProtector secrets)
{
    private const string Collection = "schedules";

    public async Task<Schedule?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => IsId(id) ? (await documents.FindAsync<Schedule>(Of(tenant), id, cancellationToken))?.Value : null;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Schedule>> ListAsync(TenantId tenant, string? before, int limit, CancellationToken cancellationToken)
        => [.. (await documents.ListAsync(Of(tenant), new DocumentRange(limit, before, Descending: true), cancellationToken)).Select(DocumentJson.Read<Schedule>)];

    /// <summary>Of all tenants.</summary>
    public async IAsyncEnumerable<Schedule> ListAllAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (string tenant in documents.ListPartitionsAsync(Collection, cancellationToken))
        {
            await foreach (Document document in documents.ListAllAsync(new(Collection, tenant), null, cancellationToken))
            {
                yield return DocumentJson.Read<Schedule>(document);
            }
        }
    }

    /// <returns>False if there is one of this id.</returns>
    public Task<bool> CreateAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        return documents.TryWriteAsync(Of(schedule.Tenant), [DocumentWrite.Create(schedule.Id, DocumentJson.Write(schedule))], cancellationToken);
    }

    /// <summary>Changes a schedule; the change may be asked for more than once.</summary>
    /// <param name="change">Null: leave it as it is.</param>
    /// <returns>Before and after; null if there is none.</returns>
    public async Task<(Schedule Before, Schedule After)?> ChangeAsync(TenantId tenant, string id, Func<Schedule, Schedule?> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (IsId(id) && await documents.FindAsync<Schedule>(Of(tenant), id, cancellationToken) is { } found)
        {
            if (change(found.Value) is not { } changed)
            {
                return (found.Value, found.Value);
            }

            if (await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Update(id, DocumentJson.Write(changed), found.Revision)], cancellationToken))
            {
                return (found.Value, changed);
            }
        }

        return null;
    }

    /// <summary>Its record goes last, so that a removal that was cut short is found and repeated.</summary>
    public async Task DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        await blobs.DeleteAsync(Prefix(id), cancellationToken);
        await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(id)], cancellationToken);
    }

    /// <returns>By which it is found.</returns>
    public async Task<string> WriteWorkAsync(string id, string json, CancellationToken cancellationToken)
    {
        string key = $"{Prefix(id)}{Guid.NewGuid():n}";
        await blobs.WriteAsync(key, Encoding.UTF8.GetBytes(secrets.Protect(json)), cancellationToken);
        return key;
    }

    /// <returns>Null if it is gone: the schedule was changed or deleted meanwhile.</returns>
    public async Task<string?> ReadWorkAsync(string key, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(key, cancellationToken);
        if (stored is null)
        {
            return null;
        }

        using StreamReader reader = new(stored, Encoding.UTF8);
        return secrets.Unprotect(await reader.ReadToEndAsync(cancellationToken));
    }

    /// <summary>Deletes what was written before a time and belongs to nothing: a crash came before the schedule that was to have it.</summary>
    public async Task DeleteUnusedWorkAsync(IReadOnlySet<string> used, DateTimeOffset before, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(used);
        await foreach (BlobInfo blob in blobs.ListAsync("schedules/", cancellationToken))
        {
            if (!used.Contains(blob.Key) && blob.WrittenAt < before)
            {
                await blobs.DeleteAsync(blob.Key, cancellationToken);
            }
        }
    }

    public Task DeleteWorkAsync(string key, CancellationToken cancellationToken) => blobs.DeleteAsync(key, cancellationToken);

    private static bool IsId(string id) => Guid.TryParseExact(id, "n", out _);

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);

    private static string Prefix(string id) => $"schedules/{id}/";
}
