using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Keeps checks: their facts as documents, their reports as blobs beside the problem's tests.</summary>
public sealed class ProblemChecks(IDocumentStore documents, IBlobStore blobs)
{
    internal const string Collection = "problem-checks";

    public async Task<ProblemCheck?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => (await documents.FindAsync<ProblemCheck>(Of(tenant), id, cancellationToken))?.Value;

    public Task CreateAsync(ProblemCheck check, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(check);
        return documents.TryWriteAsync(Of(check.Tenant), [DocumentWrite.Create(check.Id, DocumentJson.Write(check))], cancellationToken);
    }

    /// <summary>Changes a check that has not ended; one that has stays as it is.</summary>
    /// <returns>As it now is; null if it is gone.</returns>
    public async Task<ProblemCheck?> ChangeAsync(TenantId tenant, string id, Func<ProblemCheck, ProblemCheck> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (await documents.FindAsync<ProblemCheck>(Of(tenant), id, cancellationToken) is { } found)
        {
            if (found.Value.Status.IsFinal())
            {
                return found.Value;
            }

            ProblemCheck changed = change(found.Value);
            if (await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Update(id, DocumentJson.Write(changed), found.Revision)], cancellationToken))
            {
                return changed;
            }
        }

        return null;
    }

    public Task DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(id)], cancellationToken);

    public Task WriteReportAsync(ProblemCheck check, CheckReport report, CancellationToken cancellationToken)
        => blobs.WriteAsync(KeyOf(check), JsonSerializer.SerializeToUtf8Bytes(report, OrchestrationJson.Options), cancellationToken);

    /// <returns>An empty one if there is none yet.</returns>
    public async Task<CheckReport> ReadReportAsync(ProblemCheck check, CancellationToken cancellationToken)
    {
        await using Stream? stored = await blobs.OpenReadAsync(KeyOf(check), cancellationToken);
        return stored is null ? new CheckReport() : (await JsonSerializer.DeserializeAsync<CheckReport>(stored, OrchestrationJson.Options, cancellationToken))!;
    }

    private static string KeyOf(ProblemCheck check)
    {
        ArgumentNullException.ThrowIfNull(check);
        return ProblemBlobs.ReportKey(check.Tenant, check.Problem.Id, check.Id);
    }

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);
}
