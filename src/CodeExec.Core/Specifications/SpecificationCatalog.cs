using CodeExec.Core.Executions;
using CodeExec.Core.Specifications.Stores;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications;

/// <summary>The specifications of tenants, with the tasks that belong to them.</summary>
public sealed class SpecificationCatalog(SpecificationValidator validator, IDocumentStore documents, IBlobStore blobs, ReservedIds ids, TimeProvider clock)
{
    private readonly LargeDocuments<Specification> _stored = new(documents, blobs, "specifications");
    private readonly TaskOwners _tasks = new(documents);

    public async Task<Specification?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => FieldRules.IsId(id) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found ? found.Value : null;

    /// <returns>The task with the specification it belongs to.</returns>
    public async Task<(SpecificationTask Task, Specification Specification)?> FindTaskAsync(TenantId tenant, string taskId, CancellationToken cancellationToken)
    {
        return FieldRules.IsId(taskId)
            && await _tasks.FindAsync(tenant, taskId, cancellationToken) is { } owner
            && await FindAsync(tenant, owner, cancellationToken) is { } specification
            && specification.Tasks.FirstOrDefault(task => task.Id == taskId) is { } task
                ? (task, specification)
                : null;
    }

    /// <summary>Newest first.</summary>
    /// <param name="before">Begins behind the specification of this id.</param>
    public Task<IReadOnlyList<Specification>> ListAsync(TenantId tenant, int limit, string? before, CancellationToken cancellationToken)
        => _stored.ListAsync(tenant, new DocumentRange(limit, before, Descending: true), cancellationToken);

    public async Task<SaveOutcome<Specification>> CreateAsync(TenantId tenant, SubmittedSpecification submitted, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        if (validator.Check(submitted, out IReadOnlyDictionary<string, string[]> errors) is not { } right)
        {
            return new SaveOutcome<Specification>.Invalid(errors);
        }

        if (await ids.ReserveAsync(tenant, key, cancellationToken) is not { } reserved)
        {
            return new SaveOutcome<Specification>.KeyConflict();
        }

        if (reserved.IsRepeated && await FindAsync(tenant, reserved.Id, cancellationToken) is { } earlier)
        {
            return new SaveOutcome<Specification>.Saved(earlier, IsNew: false);
        }

        if (await ClaimAsync(tenant, reserved.Id, right.Tasks, cancellationToken) is { } taken)
        {
            await ids.ReleaseAsync(tenant, key, cancellationToken);
            return taken;
        }

        DateTimeOffset now = clock.GetUtcNow();
        Specification made = Make(submitted, right, reserved.Id, 1, now, now);
        return await _stored.TryWriteAsync(tenant, made.Id, made, 0, cancellationToken)
            ? new SaveOutcome<Specification>.Saved(made, IsNew: true)
            : new SaveOutcome<Specification>.Saved((await FindAsync(tenant, made.Id, cancellationToken))!, IsNew: false); // the same request, twice at once
    }

    /// <param name="version">The one that the client has seen; null: whichever it is.</param>
    public async Task<SaveOutcome<Specification>> UpdateAsync(TenantId tenant, string id, SubmittedSpecification submitted, long? version, CancellationToken cancellationToken)
    {
        if (validator.Check(submitted, out IReadOnlyDictionary<string, string[]> errors) is not { } right)
        {
            return new SaveOutcome<Specification>.Invalid(errors);
        }

        while (FieldRules.IsId(id) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found)
        {
            if (version is { } seen && seen != found.Value.Version)
            {
                return new SaveOutcome<Specification>.VersionConflict(found.Value.Version);
            }

            if (await ClaimAsync(tenant, id, right.Tasks, cancellationToken) is { } taken)
            {
                return taken;
            }

            Specification changed = Make(submitted, right, id, found.Value.Version + 1, found.Value.CreatedAt, clock.GetUtcNow());
            if (await _stored.TryWriteAsync(tenant, id, changed, found.Revision, cancellationToken))
            {
                return new SaveOutcome<Specification>.Saved(changed, IsNew: false);
            }
        }

        return new SaveOutcome<Specification>.NotFound();
    }

    /// <summary>Forgets a specification. Runs of it keep their own copy.</summary>
    /// <returns>False if there is none.</returns>
    public async Task<bool> DeleteAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(tenant, id, cancellationToken) is not { } specification)
        {
            return false;
        }

        await _stored.DeleteAsync(tenant, id, cancellationToken);
        await _tasks.ReleaseAsync(tenant, id, specification.Tasks, cancellationToken);
        return true;
    }

    private async Task<SaveOutcome<Specification>?> ClaimAsync(TenantId tenant, string id, IReadOnlyList<SpecificationTask> tasks, CancellationToken cancellationToken)
    {
        for (int i = 0; i < tasks.Count; i++)
        {
            // An owner that is gone, or that has the task no more, owns nothing.
            bool taken = await FindTaskAsync(tenant, tasks[i].Id, cancellationToken) is { } found && found.Specification.Id != id;
            if (taken)
            {
                string[] messages = [$"Another specification has a task '{tasks[i].Id}'; ids of tasks are for one task each."];
                return new SaveOutcome<Specification>.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [$"tasks[{i}].id"] = messages });
            }
        }

        await _tasks.ClaimAsync(tenant, id, tasks, cancellationToken);
        return null;
    }

    private static Specification Make(
        SubmittedSpecification submitted, (SpecificationContent Content, IReadOnlyList<SpecificationTask> Tasks) right, string id, int version, DateTimeOffset createdAt, DateTimeOffset updatedAt) => new()
        {
            Id = id,
            Version = version,
            Name = submitted.Name!,
            Description = submitted.Description,
            Design = submitted.Design,
            Tasks = right.Tasks,
            Content = right.Content,
            CreatedAt = createdAt,
            UpdatedAt = updatedAt,
        };
}
