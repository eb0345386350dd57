using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems;

/// <summary>The problems of tenants. A version that was once stored never changes, so that what was graded by it can be explained for ever.</summary>
public sealed class ProblemCatalog(ProblemValidator validator, ProblemBlobs blobs, OwnProblems own, CheckStarter checks, IDocumentStore documents, TimeProvider clock)
{
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

        return await ReadAsync(tenant, version is { } one ? ProblemDocuments.Version(id, (int)one) : ProblemDocuments.Newest(id), cancellationToken);
    }

    /// <summary>What submissions are graded by: without a version the newest whose check was passed.</summary>
    /// <returns>Null if there is none; perhaps one that can not be used (<see cref="Problem.IsUsable"/>), if no other can.</returns>
    public async Task<Problem?> FindForGradingAsync(TenantId tenant, string id, long? version, CancellationToken cancellationToken)
    {
        Problem? found = await FindAsync(tenant, id, version, cancellationToken);
        return found is null || found.State == ProblemState.Ready || version is not null ? found : await InPlaceOfAsync(tenant, found, cancellationToken);
    }

    /// <summary>In the order of their ids.</summary>
    public async Task<IReadOnlyList<Problem>> ListAsync(TenantId tenant, string? after, int limit, CancellationToken cancellationToken)
    {
        DocumentRange range = new(limit, after is null ? null : ProblemDocuments.Newest(after), ProblemDocuments.NewestPrefix);
        IReadOnlyList<Document> page = await documents.ListAsync(ProblemDocuments.Of(tenant), range, cancellationToken);
        return [.. page.Select(DocumentJson.Read<Problem>)];
    }

    /// <summary>A newest version as those see it who submit: the one that they are graded by.</summary>
    public async Task<Problem> InPlaceOfAsync(TenantId tenant, Problem newest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(newest);
        return newest.State == ProblemState.Ready ? newest : await ReadAsync(tenant, ProblemDocuments.Ready(newest.Id), cancellationToken) ?? newest;
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Problem>> ListVersionsAsync(TenantId tenant, string id, int limit, CancellationToken cancellationToken)
    {
        if (!ProblemValidator.IsId(id))
        {
            return [];
        }

        DocumentRange range = new(limit, Prefix: ProblemDocuments.Versions(id), Descending: true);
        IReadOnlyList<Document> page = await documents.ListAsync(ProblemDocuments.Of(tenant), range, cancellationToken);
        return [.. page.Select(DocumentJson.Read<Problem>)];
    }

    /// <summary>Stores a problem that is not there yet, or a new version of one that is. One with programs of its author is checked from then on.</summary>
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
            (Problem Value, long Revision)? newest = await documents.FindAsync<Problem>(ProblemDocuments.Of(tenant), ProblemDocuments.Newest(id), cancellationToken);
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

            try
            {
                problem = await StoreAsync(tenant, problem, whole, cancellationToken);
            }
            catch (EngineBusyException e)
            {
                return new SaveProblemOutcome.Busy(e.RetryAfter);
            }

            if (await documents.TryWriteAsync(ProblemDocuments.Of(tenant), Writes(problem, newest), cancellationToken))
            {
                return new SaveProblemOutcome.Saved(problem, IsNew: true);
            }

            await ForgetAsync(tenant, problem); // somebody was quicker
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
        await foreach (Document version in documents.ListAllAsync(ProblemDocuments.Of(tenant), ProblemDocuments.Versions(id), cancellationToken))
        {
            if (DocumentJson.Read<Problem>(version).CheckId is { } check)
            {
                await checks.ForgetAsync(tenant, check, cancellationToken);
            }

            await documents.TryWriteAsync(ProblemDocuments.Of(tenant), [DocumentWrite.Delete(version.Id)], cancellationToken);
        }

        await blobs.DeleteAllAsync(tenant, id, cancellationToken);
        await documents.TryWriteAsync(ProblemDocuments.Of(tenant), [DocumentWrite.Delete(ProblemDocuments.Newest(id)), DocumentWrite.Delete(ProblemDocuments.Ready(id))], cancellationToken);
        return true;
    }

    private async Task<Problem> StoreAsync(TenantId tenant, Problem problem, CheckedProblem whole, CancellationToken cancellationToken)
    {
        problem = problem with { SuiteBlob = await blobs.StoreAsync(tenant, problem.Id, whole.Suite, cancellationToken) };
        if (problem.State == ProblemState.Ready)
        {
            return problem;
        }

        problem = problem with { KitBlob = await blobs.StoreAsync(tenant, problem.Id, whole.Kit, cancellationToken) };
        try
        {
            // Before the version is there: a crash between the two leaves a check without a version, which ends by itself, and never a version without its check.
            return problem with { CheckId = await checks.StartAsync(tenant, problem.Reference, cancellationToken) };
        }
        catch (EngineBusyException)
        {
            await ForgetAsync(tenant, problem);
            throw;
        }
    }

    private static List<DocumentWrite> Writes(Problem problem, (Problem Value, long Revision)? newest)
    {
        byte[] json = DocumentJson.Write(problem);
        List<DocumentWrite> writes =
        [
            newest is { } old ? DocumentWrite.Update(ProblemDocuments.Newest(problem.Id), json, old.Revision) : DocumentWrite.Create(ProblemDocuments.Newest(problem.Id), json),
            DocumentWrite.Create(ProblemDocuments.Version(problem.Id, problem.Version), json),
        ];
        if (problem.State != ProblemState.Ready && newest?.Value is { State: ProblemState.Ready } ready)
        {
            writes.Add(DocumentWrite.Put(ProblemDocuments.Ready(problem.Id), DocumentJson.Write(ready))); // goes on to be used meanwhile
        }

        return writes;
    }

    private async Task ForgetAsync(TenantId tenant, Problem stored)
    {
        await blobs.DeleteSuiteAsync(stored.SuiteBlob, CancellationToken.None);
        if (stored.KitBlob is { } kit)
        {
            await blobs.DeleteSuiteAsync(kit, CancellationToken.None);
        }

        if (stored.CheckId is { } check)
        {
            await checks.ForgetAsync(tenant, check, CancellationToken.None);
        }
    }

    private async Task<Problem?> ReadAsync(TenantId tenant, string document, CancellationToken cancellationToken)
        => (await documents.FindAsync<Problem>(ProblemDocuments.Of(tenant), document, cancellationToken))?.Value;

    private static bool IsSame(Problem one, Problem other)
        => one.Fingerprint == other.Fingerprint
            && one.KitFingerprint == other.KitFingerprint
            && one.Title == other.Title
            && one.Statement == other.Statement
            && one.Labels.OrderBy(label => label.Key, StringComparer.Ordinal).SequenceEqual(other.Labels.OrderBy(label => label.Key, StringComparer.Ordinal));
}
