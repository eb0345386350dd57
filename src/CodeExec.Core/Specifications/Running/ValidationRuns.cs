using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications.Running;

/// <summary>Keeps runs: their facts as documents, listed newest first by what they are of; requests and reports as blobs.</summary>
public sealed class ValidationRuns(IDocumentStore documents, IBlobStore blobs)
{
    private const string Collection = "validations", IndexCollection = "validation-index";

    public Task WriteRequestAsync(string id, ValidationRequest request, CancellationToken cancellationToken) => WriteAsync(RequestKey(id), request, cancellationToken);

    public Task<ValidationRequest?> ReadRequestAsync(string id, CancellationToken cancellationToken) => ReadAsync<ValidationRequest>(RequestKey(id), cancellationToken);

    public Task WriteReportAsync(string id, ComplianceReport report, CancellationToken cancellationToken) => WriteAsync(ReportKey(id), report, cancellationToken);

    public Task<ComplianceReport?> ReadReportAsync(string id, CancellationToken cancellationToken) => ReadAsync<ComplianceReport>(ReportKey(id), cancellationToken);

    public Task DeleteBlobsAsync(string id, CancellationToken cancellationToken) => blobs.DeleteAsync($"validations/{id}/", cancellationToken);

    public async Task<ValidationRun?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => await documents.FindAsync<ValidationRun>(Runs(tenant), id, cancellationToken) is { } found ? found.Value : null;

    /// <summary>Stores a new run where its lists will find it. One that is there already stays as it is.</summary>
    public async Task CreateAsync(ValidationRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        foreach (DocumentPartition index in IndexesOf(run))
        {
            await documents.TryWriteAsync(index, [DocumentWrite.Put(run.Id, "{}"u8.ToArray())], cancellationToken);
        }

        await documents.TryWriteAsync(Runs(run.Tenant), [DocumentWrite.Create(run.Id, DocumentJson.Write(run))], cancellationToken);
    }

    /// <summary>Changes a run that has not ended; one that has stays as it is.</summary>
    /// <returns>As it now is; null if it was deleted.</returns>
    public async Task<ValidationRun?> ChangeAsync(TenantId tenant, string id, Func<ValidationRun, ValidationRun> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await documents.FindAsync<ValidationRun>(Runs(tenant), id, cancellationToken) is { } found)
        {
            if (found.Value.Status.IsFinal())
            {
                return found.Value;
            }

            ValidationRun changed = change(found.Value);
            if (await documents.TryWriteAsync(Runs(tenant), [DocumentWrite.Update(id, DocumentJson.Write(changed), found.Revision)], cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Gives a solution of a challenge a score by hand, or (no points) its computed one again.</summary>
    /// <returns>Null if there is none, or none that has a score; or if too many people have had the last word.</returns>
    public async Task<ValidationRun?> OverrideAsync(TenantId tenant, string id, GradeOverride given, CancellationToken cancellationToken)
    {
        while (await documents.FindAsync<ValidationRun>(Runs(tenant), id, cancellationToken) is { Value: { Subject.Kind: SubjectKind.Challenge, Summary: not null } run } found
            && run.Status.IsFinal() && run.Overrides.Count < GradeOverride.MostKept)
        {
            ValidationRun changed = run with { Overrides = [.. run.Overrides, given] };
            if (await documents.TryWriteAsync(Runs(tenant), [DocumentWrite.Update(id, DocumentJson.Write(changed), found.Revision)], cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    /// <summary>Newest first, all of a tenant.</summary>
    /// <param name="before">Begins behind the run of this id.</param>
    public async Task<IReadOnlyList<ValidationRun>> ListAsync(TenantId tenant, int limit, string? before, CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> page = await documents.ListAsync(Runs(tenant), new DocumentRange(limit, before, Descending: true), cancellationToken);
        return [.. page.Select(DocumentJson.Read<ValidationRun>)];
    }

    /// <summary>Newest first, those of one specification, task or challenge.</summary>
    /// <param name="before">Begins behind the run of this id.</param>
    public Task<IReadOnlyList<ValidationRun>> ListAsync(TenantId tenant, SubjectKind kind, string subject, int limit, string? before, CancellationToken cancellationToken)
        => ListAsync(tenant, Index(tenant, kind, subject), limit, before, cancellationToken);

    /// <summary>As <see cref="ListAsync(TenantId, SubjectKind, string, int, string?, CancellationToken)"/>, those of one student.</summary>
    public Task<IReadOnlyList<ValidationRun>> ListOfAsync(
        string student, TenantId tenant, SubjectKind kind, string subject, int limit, string? before, CancellationToken cancellationToken)
        => ListAsync(tenant, Index(tenant, kind, subject, student), limit, before, cancellationToken);

    /// <summary>Of all tenants, those that were made before a time, the oldest first.</summary>
    public IAsyncEnumerable<ValidationRun> ListOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
        => OldDocuments.ListAsync(documents, Collection, null, document => OldDocuments.TimeOf(document.Id), before, cancellationToken).Select(old => DocumentJson.Read<ValidationRun>(old.Document));

    /// <summary>Forgets a run. Its record goes last, so that a removal that was cut short can be repeated.</summary>
    public async Task DeleteAsync(ValidationRun run, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        await DeleteBlobsAsync(run.Id, cancellationToken);
        foreach (DocumentPartition index in IndexesOf(run))
        {
            await documents.TryWriteAsync(index, [DocumentWrite.Delete(run.Id)], cancellationToken);
        }

        await documents.TryWriteAsync(Runs(run.Tenant), [DocumentWrite.Delete(run.Id)], cancellationToken);
    }

    private static DocumentPartition Runs(TenantId tenant) => new(Collection, tenant.Value);

    private static DocumentPartition Index(TenantId tenant, SubjectKind kind, string subject) => new(IndexCollection, $"{tenant}:{kind}:{subject}");

    private static DocumentPartition Index(TenantId tenant, SubjectKind kind, string subject, string student)
        => new(IndexCollection, $"{tenant}:{kind}:{subject}:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)).AsSpan(0, 16))}"); // a name may have any characters

    private static IEnumerable<DocumentPartition> IndexesOf(ValidationRun run)
    {
        foreach ((SubjectKind kind, string subject) in run.Subject.Indexes())
        {
            yield return Index(run.Tenant, kind, subject);
            if (run.Student is { } student)
            {
                yield return Index(run.Tenant, kind, subject, student);
            }
        }
    }

    private async Task<IReadOnlyList<ValidationRun>> ListAsync(TenantId tenant, DocumentPartition index, int limit, string? before, CancellationToken cancellationToken)
    {
        List<ValidationRun> runs = [];
        while (runs.Count < limit)
        {
            int wanted = limit - runs.Count;
            IReadOnlyList<Document> page = await documents.ListAsync(index, new DocumentRange(wanted, before, Descending: true), cancellationToken);
            foreach (Document entry in page)
            {
                // One whose start did not come to its end has an entry and no run.
                if (await FindAsync(tenant, entry.Id, cancellationToken) is { } run)
                {
                    runs.Add(run);
                }
            }

            if (page.Count < wanted)
            {
                break;
            }

            before = page[^1].Id;
        }

        return runs;
    }

    private static string RequestKey(string id) => $"validations/{id}/request";

    private static string ReportKey(string id) => $"validations/{id}/report";

    private Task WriteAsync<T>(string key, T value, CancellationToken cancellationToken)
        => blobs.WriteAsync(key, JsonSerializer.SerializeToUtf8Bytes(value, OrchestrationJson.Options), cancellationToken);

    private async Task<T?> ReadAsync<T>(string key, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(key, cancellationToken);
        return stored is null ? default : await JsonSerializer.DeserializeAsync<T>(stored, OrchestrationJson.Options, cancellationToken);
    }
}
