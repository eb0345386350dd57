using System.Globalization;
using CodeExec.Core.Attempts;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems;

/// <summary>The problems of tenants. A version that was once stored never changes, so that what was graded by it can be explained for ever.</summary>
public sealed class ProblemCatalog(ProblemValidator validator, ProblemBlobs blobs, OwnProblems own, AttemptStore attempts, IDocumentStore documents, TimeProvider clock)
{
    private const string Collection = "problems";
    private const string NewestPrefix = "p:", VersionPrefix = "v:";

    /// <summary>For submitters, too: nothing in it is hidden. Also finds what is in no list: see <see cref="OwnProblems"/>.</summary>
    /// <param name="version">Null: the newest.</param>
    public async Task<Problem?> FindAsync(TenantId tenant, string id, long? version, CancellationToken cancellationToken)
    {
        if (OwnProblems.IsId(id))
        {
            return version is null or OwnProblems.OnlyVersion ? await own.FindAsync(tenant, id, cancellationToken) : null;
        }

        if (!ProblemValidator.IsId(id) || version is < 1 or > int.MaxValue)
        {
            return null;
        }

        string document = version is { } one ? VersionKey(id, (int)one) : NewestPrefix + id;
        return (await documents.FindAsync<Problem>(Of(tenant), document, cancellationToken))?.Value;
    }

    /// <summary>In the order of their ids.</summary>
    public async Task<IReadOnlyList<Problem>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> page = await documents.ListAsync(Of(tenant), new DocumentRange(limit, after is null ? null : NewestPrefix + after, NewestPrefix), cancellationToken);
        return [.. page.Select(DocumentJson.Read<Problem>)];
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Problem>> ListVersionsAsync(TenantId tenant, string id, int limit, CancellationToken cancellationToken)
    {
        if (!ProblemValidator.IsId(id))
        {
            return [];
        }

        IReadOnlyList<Document> page = await documents.ListAsync(Of(tenant), new DocumentRange(limit, Prefix: $"{VersionPrefix}{id}:", Descending: true), cancellationToken);
        return [.. page.Select(DocumentJson.Read<Problem>)];
    }

    /// <summary>Stores a problem that is not there yet, or a new version of one that is.</summary>
    /// <param name="create">Null: whichever it is.</param>
    public async Task<SaveProblemOutcome> SaveAsync(TenantId tenant, ProblemDraft draft, bool? create, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        if (validator.Check(draft, out IReadOnlyDictionary<string, string[]> errors) is not { } whole)
        {
            return new SaveProblemOutcome.Invalid(errors);
        }

        string id = draft.Id!;
        while (true)
        {
            (Problem Value, long Revision)? newest = await documents.FindAsync<Problem>(Of(tenant), NewestPrefix + id, cancellationToken);
            if (newest is { } there && create == true)
            {
                return new SaveProblemOutcome.Exists(there.Value);
            }

            if (newest is null && create == false)
            {
                return new SaveProblemOutcome.NotFound();
            }

            Problem problem = ProblemMaking.Of(draft, whole, (newest?.Value.Version ?? 0) + 1, clock.GetUtcNow());
            if (newest?.Value is { } before && IsSame(before, problem))
            {
                return new SaveProblemOutcome.Saved(before, IsNew: false);
            }

            problem = problem with { SuiteBlob = await blobs.StoreAsync(tenant, id, whole.Suite, cancellationToken) };
            byte[] json = DocumentJson.Write(problem);
            DocumentWrite head = newest is { } old ? DocumentWrite.Update(NewestPrefix + id, json, old.Revision) : DocumentWrite.Create(NewestPrefix + id, json);
            if (await documents.TryWriteAsync(Of(tenant), [head, DocumentWrite.Create(VersionKey(id, problem.Version), json)], cancellationToken))
            {
                return new SaveProblemOutcome.Saved(problem, IsNew: true);
            }

            await blobs.DeleteSuiteAsync(problem.SuiteBlob, cancellationToken); // somebody was quicker
        }
    }

    /// <summary>Forgets a problem with all its versions. What was graded by it keeps its results.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (OwnProblems.IsId(id) || await FindAsync(tenant, id, null, cancellationToken) is null)
        {
            return false;
        }

        // The newest goes last: a deletion that was cut short is found and repeated.
        await foreach (Document version in documents.ListAllAsync(Of(tenant), $"{VersionPrefix}{id}:", cancellationToken))
        {
            await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(version.Id)], cancellationToken);
        }

        await blobs.DeleteAllAsync(tenant, id, cancellationToken);
        await attempts.DeleteAsync(new(tenant, AttemptKind.Problem, id), cancellationToken);
        await documents.TryWriteAsync(Of(tenant), [DocumentWrite.Delete(NewestPrefix + id)], cancellationToken);
        return true;
    }

    private static bool IsSame(Problem one, Problem other)
        => one.Fingerprint == other.Fingerprint
            && one.Title == other.Title
            && one.Statement == other.Statement
            && one.Attempts == other.Attempts
            && one.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).SequenceEqual(other.Labels.OrderBy(label => label.Key, StringComparer.Ordinal));

    private static DocumentPartition Of(TenantId tenant) => new(Collection, tenant.Value);

    private static string VersionKey(string id, int version) => string.Create(CultureInfo.InvariantCulture, $"{VersionPrefix}{id}:{version:D8}");
}
