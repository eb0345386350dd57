using CodeExec.Core.Attempts;
using CodeExec.Core.Executions;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications;

/// <summary>The challenges of tenants.</summary>
public sealed class ChallengeCatalog(SpecificationValidator validator, AttemptStore attempts, IDocumentStore documents, IBlobStore blobs, ReservedIds ids, TimeProvider clock)
{
    private readonly LargeDocuments<Challenge> _stored = new(documents, blobs, "challenges");

    public async Task<Challenge?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => FieldRules.IsId(id) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found ? found.Value : null;

    /// <summary>Newest first.</summary>
    /// <param name="before">Begins behind the challenge of this id.</param>
    public Task<IReadOnlyList<Challenge>> ListAsync(TenantId tenant, int limit, string? before, CancellationToken cancellationToken)
        => _stored.ListAsync(tenant, new DocumentRange(limit, before, Descending: true), cancellationToken);

    public async Task<SaveOutcome<Challenge>> CreateAsync(TenantId tenant, SubmittedChallenge submitted, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        if (validator.Check(submitted, out IReadOnlyDictionary<string, string[]> errors) is not { } whole)
        {
            return new SaveOutcome<Challenge>.Invalid(errors);
        }

        if (await ids.ReserveAsync(tenant, key, cancellationToken) is not { } reserved)
        {
            return new SaveOutcome<Challenge>.KeyConflict();
        }

        DateTimeOffset now = clock.GetUtcNow();
        Challenge made = Make(submitted, whole, reserved.Id, 1, now, now);
        return await _stored.TryWriteAsync(tenant, made.Id, made, 0, cancellationToken)
            ? new SaveOutcome<Challenge>.Saved(made, IsNew: true)
            : new SaveOutcome<Challenge>.Saved((await FindAsync(tenant, made.Id, cancellationToken))!, IsNew: false);
    }

    /// <param name="version">The one that the client has seen; null: whichever it is.</param>
    public async Task<SaveOutcome<Challenge>> UpdateAsync(TenantId tenant, string id, SubmittedChallenge submitted, long? version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        if (validator.Check(submitted, out IReadOnlyDictionary<string, string[]> errors) is not { } whole)
        {
            return new SaveOutcome<Challenge>.Invalid(errors);
        }

        while (FieldRules.IsId(id) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found)
        {
            if (version is { } seen && seen != found.Value.Version)
            {
                return new SaveOutcome<Challenge>.VersionConflict(found.Value.Version);
            }

            Challenge changed = Make(submitted, whole, id, found.Value.Version + 1, found.Value.CreatedAt, clock.GetUtcNow());
            if (await _stored.TryWriteAsync(tenant, id, changed, found.Revision, cancellationToken))
            {
                return new SaveOutcome<Challenge>.Saved(changed, IsNew: false);
            }
        }

        return new SaveOutcome<Challenge>.NotFound();
    }

    /// <summary>Forgets a challenge. Submissions to it keep their own copy.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is null)
        {
            return false;
        }

        await attempts.DeleteAsync(new(tenant, AttemptKind.Challenge, id), cancellationToken);
        await _stored.DeleteAsync(tenant, id, cancellationToken);
        return true;
    }

    private static Challenge Make(SubmittedChallenge submitted, (SpecificationContent Content, AttemptRules? Attempts) whole, string id, int version, DateTimeOffset createdAt, DateTimeOffset updatedAt) => new()
    {
        Id = id,
        Version = version,
        Title = submitted.Title!,
        Description = submitted.Description ?? "",
        Content = whole.Content,
        Attempts = whole.Attempts,
        CreatedAt = createdAt,
        UpdatedAt = updatedAt,
    };
}
