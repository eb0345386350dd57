using CodeExec.Core.Executions;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications;

/// <summary>What tenants write and change as a whole: each change is a new version of it, and only the newest is kept.</summary>
/// <typeparam name="TSubmitted">As it comes; nothing in it has been checked.</typeparam>
/// <typeparam name="T">As it is stored.</typeparam>
public abstract class VersionedCatalog<TSubmitted, T>(IDocumentStore documents, IBlobStore blobs, ReservedIds ids, TimeProvider clock, string collection)
    where T : class, IVersioned
{
    private readonly LargeDocuments<T> _stored = new(documents, blobs, collection);

    public async Task<T?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => FieldRules.IsId(id) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found ? found.Value : null;

    /// <summary>Newest first.</summary>
    /// <param name="before">Begins behind the one of this id.</param>
    public Task<IReadOnlyList<T>> ListAsync(TenantId tenant, int limit, string? before, CancellationToken cancellationToken)
        => _stored.ListAsync(tenant, new DocumentRange(limit, before, Descending: true), cancellationToken);

    public async Task<SaveOutcome<T>> CreateAsync(TenantId tenant, TSubmitted submitted, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        if (Check(submitted, out IReadOnlyDictionary<string, string[]> errors) is not { } right)
        {
            return new SaveOutcome<T>.Invalid(errors);
        }

        if (await ids.ReserveAsync(tenant, key, cancellationToken) is not { } reserved)
        {
            return new SaveOutcome<T>.KeyConflict();
        }

        if (reserved.IsRepeated && await FindAsync(tenant, reserved.Id, cancellationToken) is { } earlier)
        {
            return new SaveOutcome<T>.Saved(earlier, IsNew: false);
        }

        DateTimeOffset now = clock.GetUtcNow();
        T made = right(new VersionHead(reserved.Id, 1, now, now));
        if (await ClaimAsync(tenant, made, cancellationToken) is { } taken)
        {
            await ids.ReleaseAsync(tenant, key, cancellationToken);
            return taken;
        }

        return await _stored.TryWriteAsync(tenant, made.Id, made, 0, cancellationToken)
            ? new SaveOutcome<T>.Saved(made, IsNew: true)
            : new SaveOutcome<T>.Saved((await FindAsync(tenant, made.Id, cancellationToken))!, IsNew: false); // the same request, twice at once
    }

    /// <param name="version">The one that the client has seen; null: whichever it is.</param>
    public Task<SaveOutcome<T>> UpdateAsync(TenantId tenant, string id, TSubmitted submitted, long? version, CancellationToken cancellationToken)
        => Check(submitted, out IReadOnlyDictionary<string, string[]> errors) is { } right
            ? ChangeAsync(tenant, id, version, (_, head) => new SaveOutcome<T>.Saved(right(head), IsNew: false), cancellationToken)
            : Task.FromResult<SaveOutcome<T>>(new SaveOutcome<T>.Invalid(errors));

    /// <summary>Forgets one. Runs of it keep their own copy.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is not { } found)
        {
            return false;
        }

        await _stored.DeleteAsync(tenant, id, cancellationToken);
        await ReleaseAsync(tenant, found, cancellationToken);
        return true;
    }

    /// <summary>Makes a new version out of the newest, again if somebody else was quicker.</summary>
    /// <param name="change">What becomes of it: it is stored if it is <see cref="SaveOutcome{T}.Saved"/>.</param>
    protected async Task<SaveOutcome<T>> ChangeAsync(
        TenantId tenant, string id, long? version, Func<T, VersionHead, SaveOutcome<T>> change, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        while (FieldRules.IsId(id) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found)
        {
            if (version is { } seen && seen != found.Value.Version)
            {
                return new SaveOutcome<T>.VersionConflict(found.Value.Version);
            }

            SaveOutcome<T> outcome = change(found.Value, new VersionHead(id, found.Value.Version + 1, found.Value.CreatedAt, clock.GetUtcNow()));
            if (outcome is not SaveOutcome<T>.Saved changed)
            {
                return outcome;
            }

            if (await ClaimAsync(tenant, changed.Value, cancellationToken) is { } taken)
            {
                return taken;
            }

            if (await _stored.TryWriteAsync(tenant, id, changed.Value, found.Revision, cancellationToken))
            {
                return outcome;
            }
        }

        return new SaveOutcome<T>.NotFound();
    }

    /// <returns>Makes what was checked, once it is known which version of what it is; null with errors, by field.</returns>
    protected abstract Func<VersionHead, T>? Check(TSubmitted submitted, out IReadOnlyDictionary<string, string[]> errors);

    /// <summary>Takes what only one may have.</summary>
    /// <returns>Why it may not be stored; null if it may.</returns>
    protected virtual Task<SaveOutcome<T>?> ClaimAsync(TenantId tenant, T made, CancellationToken cancellationToken) => Task.FromResult<SaveOutcome<T>?>(null);

    /// <summary>Gives back what was claimed.</summary>
    protected virtual Task ReleaseAsync(TenantId tenant, T deleted, CancellationToken cancellationToken) => Task.CompletedTask;
}

/// <summary>What its catalog says of a version.</summary>
public sealed record VersionHead(string Id, int Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt);

public interface IVersioned
{
    string Id { get; }

    int Version { get; }

    DateTimeOffset CreatedAt { get; }
}
