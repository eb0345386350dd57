namespace CodeExec.Client;

/// <summary>How often a student may submit.</summary>
/// <param name="Max">At most so many in the time <paramref name="Per"/>, or in all.</param>
/// <param name="Per">A duration of ISO 8601 ("PT1H"); null: in all.</param>
/// <param name="Total">At most so many in all, where <paramref name="Max"/> is for a time.</param>
/// <param name="Pause">So long after an attempt there is no other.</param>
public sealed record AttemptRules(int? Max, string? Per, int? Total, string? Pause, bool CountsCompileErrors, bool CountsSamples, bool CountsFormatErrors = true);
