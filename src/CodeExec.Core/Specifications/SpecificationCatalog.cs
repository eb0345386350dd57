using CodeExec.Core.Specifications.Stores;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications;

/// <summary>The specifications of tenants, with the tasks that belong to them.</summary>
public sealed class SpecificationCatalog(SpecificationValidator validator, IDocumentStore documents, IBlobStore blobs, ReservedIds ids, TimeProvider clock)
    : VersionedCatalog<SubmittedSpecification, Specification>(documents, blobs, ids, clock, "specifications")
{
    private readonly TaskOwners _tasks = new(documents);

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

    /// <summary>Adds test cases: a new version with all that there were, and these.</summary>
    /// <param name="more">Nothing counts but its tests, and what they cover.</param>
    /// <param name="version">The one that the client has seen; null: whichever it is.</param>
    public Task<SaveOutcome<Specification>> AddTestsAsync(TenantId tenant, string id, SubmittedContent more, long? version, CancellationToken cancellationToken)
    {
        return ChangeAsync(
            tenant,
            id,
            version,
            (before, head) => validator.CheckMore(before.Content, more, out IReadOnlyDictionary<string, string[]> errors) is { } content
                ? new SaveOutcome<Specification>.Saved(before with { Version = head.Version, Content = content, UpdatedAt = head.UpdatedAt }, IsNew: false)
                : new SaveOutcome<Specification>.Invalid(errors),
            cancellationToken);
    }

    protected override Func<VersionHead, Specification>? Check(SubmittedSpecification submitted, out IReadOnlyDictionary<string, string[]> errors)
    {
        return validator.Check(submitted, out errors) is not { } right ? null : head => new Specification
        {
            Id = head.Id,
            Version = head.Version,
            Name = submitted.Name!,
            Description = submitted.Description,
            Design = submitted.Design,
            Tasks = right.Tasks,
            Content = right.Content,
            CreatedAt = head.CreatedAt,
            UpdatedAt = head.UpdatedAt,
        };
    }

    protected override async Task<SaveOutcome<Specification>?> ClaimAsync(TenantId tenant, Specification made, CancellationToken cancellationToken)
    {
        for (int i = 0; i < made.Tasks.Count; i++)
        {
            // An owner that is gone, or that has the task no more, owns nothing.
            if (await FindTaskAsync(tenant, made.Tasks[i].Id, cancellationToken) is { } found && found.Specification.Id != made.Id)
            {
                string[] messages = [$"Another specification has a task '{made.Tasks[i].Id}'; ids of tasks are for one task each."];
                return new SaveOutcome<Specification>.Invalid(new Dictionary<string, string[]>(StringComparer.Ordinal) { [$"tasks[{i}].id"] = messages });
            }
        }

        await _tasks.ClaimAsync(tenant, made.Id, made.Tasks, cancellationToken);
        return null;
    }

    protected override Task ReleaseAsync(TenantId tenant, Specification deleted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        return _tasks.ReleaseAsync(tenant, deleted.Id, deleted.Tasks, cancellationToken);
    }
}
