using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Reviews;

/// <summary>Has code reviewed by who was asked, or by rules when nobody else can; and keeps the reviews.</summary>
public sealed class ReviewService(IEnumerable<IReviewer> reviewers, IDocumentStore documents, IBlobStore blobs, TimeProvider clock, ILogger<ReviewService> logger)
{
    private const string Collection = "reviews";

    private readonly LargeDocuments<StoredReview> _stored = new(documents, blobs, Collection);
    private readonly IReviewer[] _reviewers = [.. reviewers];

    /// <summary>The first is who reviews unless another is asked for.</summary>
    public IReadOnlyList<string> Names => [.. _reviewers.Select(one => one.Name)];

    /// <param name="reviewer">One of <see cref="Names"/>; null: the first.</param>
    public async Task<StoredReview> ReviewAsync(
        TenantId tenant, string id, ReviewRequest request, string? reviewer, string? validationId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReviewer asked = reviewer is null ? _reviewers[0] : _reviewers.First(one => one.Name == reviewer);
        CodeReview review;
        try
        {
            review = await asked.ReviewAsync(request, cancellationToken);
        }
        catch (ReviewUnavailableException e)
        {
            logger.ReviewerUnavailable(e.Reviewer, e.Reason);
            review = RulesReviewer.Review(request) with { Degraded = $"The reviewer '{e.Reviewer}' could not be had ({e.Reason}): this review is by rules alone." };
        }

        StoredReview stored = new(id, request.Language, clock.GetUtcNow(), validationId, review);
        return await _stored.TryWriteAsync(tenant, id, stored, 0, cancellationToken) ? stored : await FindAsync(tenant, id, cancellationToken) ?? stored;
    }

    public async Task<StoredReview?> FindAsync(TenantId tenant, string id, CancellationToken cancellationToken)
        => Guid.TryParseExact(id, "n", out _) && await _stored.FindAsync(tenant, id, cancellationToken) is { } found ? found.Value : null;

    /// <summary>Newest first.</summary>
    /// <param name="before">Begins behind the review of this id.</param>
    public Task<IReadOnlyList<StoredReview>> ListAsync(TenantId tenant, int limit, string? before, CancellationToken cancellationToken)
        => _stored.ListAsync(tenant, new DocumentRange(limit, before, Descending: true), cancellationToken);

    /// <summary>Forgets the reviews of all tenants that were made before a time.</summary>
    /// <returns>How many.</returns>
    public async Task<int> DeleteOldAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        int deleted = 0;
        await foreach ((TenantId tenant, Document document) in OldDocuments.ListAsync(documents, Collection, null, document => OldDocuments.TimeOf(document.Id), before, cancellationToken))
        {
            await _stored.DeleteAsync(tenant, document.Id, cancellationToken);
            deleted++;
        }

        return deleted;
    }
}
