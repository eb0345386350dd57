using CodeExec.Core.Grading;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems;

/// <summary>Tests that belong to one batch: stored once as a problem is, found by its id, and in no list. They go with their batch.</summary>
public sealed class OwnProblems(ProblemBlobs blobs, IDocumentStore documents, TimeProvider clock)
{
    /// <summary>They never change.</summary>
    public const int OnlyVersion = 1;

    private const string Collection = "own-problems", Prefix = "batch:"; // no author can choose such an id

    public static string IdOf(Batches.BatchId batch) => Prefix + batch;

    public static bool IsId(string? id) => id is not null && id.StartsWith(Prefix, StringComparison.Ordinal) && Batches.BatchId.TryParse(id[Prefix.Length..], out _);

    public async Task<Problem?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => (await documents.FindAsync<Problem>(Of(tenant), id, cancellationToken))?.Value;

    /// <param name="draft">Checked; its id is <see cref="IdOf"/> of the batch.</param>
    public async Task<Problem> StoreAsync(TenantId tenant, ProblemDraft draft, TestSuite suite, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        string blob = await blobs.StoreAsync(tenant, draft.Id!, suite, cancellationToken);
        Problem problem = ProblemMaking.Of(draft, suite, OnlyVersion, clock.GetUtcNow()) with { SuiteBlob = blob };
        await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Put(problem.Id, DocumentJson.Write(problem))], cancellationToken);
        return problem;
    }

    /// <summary>One that is gone already counts as deleted.</summary>
    public async Task DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        await blobs.DeleteAllAsync(tenant, id, cancellationToken);
        await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(id)], cancellationToken);
    }

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);
}
