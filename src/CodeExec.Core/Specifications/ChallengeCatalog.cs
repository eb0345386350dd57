using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;

namespace CodeExec.Core.Specifications;

/// <summary>The challenges of tenants.</summary>
public sealed class ChallengeCatalog(SpecificationValidator validator, IDocumentStore documents, IBlobStore blobs, ReservedIds ids, TimeProvider clock)
    : VersionedCatalog<SubmittedChallenge, Challenge>(documents, blobs, ids, clock, "challenges")
{
    protected override Func<VersionHead, Challenge>? Check(SubmittedChallenge submitted, out IReadOnlyDictionary<string, string[]> errors)
    {
        return validator.Check(submitted, out errors) is not { } content ? null : head => new Challenge
        {
            Id = head.Id,
            Version = head.Version,
            Title = submitted.Title!,
            Description = submitted.Description ?? "",
            Content = content,
            CreatedAt = head.CreatedAt,
            UpdatedAt = head.UpdatedAt,
        };
    }
}
