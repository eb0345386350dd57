using CodeExec.Core.Attempts;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications;

/// <summary>The challenges of tenants.</summary>
public sealed class ChallengeCatalog(SpecificationValidator validator, AttemptStore attempts, IDocumentStore documents, IBlobStore blobs, ReservedIds ids, TimeProvider clock)
    : VersionedCatalog<SubmittedChallenge, Challenge>(documents, blobs, ids, clock, "challenges")
{
    protected override Func<VersionHead, Challenge>? Check(SubmittedChallenge submitted, out IReadOnlyDictionary<string, string[]> errors)
    {
        return validator.Check(submitted, out errors) is not { } right ? null : head => new Challenge
        {
            Id = head.Id,
            Version = head.Version,
            Title = submitted.Title!,
            Description = submitted.Description ?? "",
            Content = right.Content,
            Attempts = right.Attempts,
            CreatedAt = head.CreatedAt,
            UpdatedAt = head.UpdatedAt,
        };
    }

    /// <summary>Nobody's attempts count any more.</summary>
    protected override Task ReleaseAsync(TenantId tenant, Challenge deleted, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(deleted);
        return attempts.DeleteAsync(new(tenant, AttemptKind.Challenge, deleted.Id), cancellationToken);
    }
}
