using CodeExec.Core.Reviews;

namespace CodeExec.Api.Reviews;

internal sealed record ReviewView(
    string Id,
    string Language,
    DateTimeOffset CreatedAt,
    string? ValidationId,
    string Reviewer,
    string? Model,
    string? Degraded,
    SpecificationCompliance SpecificationCompliance,
    ExecutionAnalysis ExecutionAnalysis,
    IReadOnlyList<ReviewSuggestion> Suggestions)
{
    public static ReviewView Of(StoredReview stored) => new(
        stored.Id,
        stored.Language,
        stored.CreatedAt,
        stored.ValidationId,
        stored.Review.Reviewer,
        stored.Review.Model,
        stored.Review.Degraded,
        stored.Review.SpecificationCompliance,
        stored.Review.ExecutionAnalysis,
        stored.Review.Suggestions);
}

internal sealed record ReviewListView(IReadOnlyList<ReviewView> Items, string? Cursor);
