namespace CodeExec.Client;

/// <summary>Points that a person gave.</summary>
/// <param name="Score">Null: the computed ones count again.</param>
/// <param name="By">The name of the key.</param>
public sealed record GradeOverride(decimal? Score, string Reason, string? By = null, DateTimeOffset? At = null);
