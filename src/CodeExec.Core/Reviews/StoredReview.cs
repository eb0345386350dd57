namespace CodeExec.Core.Reviews;

/// <summary>A review as it is kept.</summary>
public sealed record StoredReview(string Id, string Language, DateTimeOffset CreatedAt, string? ValidationId, CodeReview Review);
