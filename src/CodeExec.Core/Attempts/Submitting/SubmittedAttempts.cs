namespace CodeExec.Core.Attempts.Submitting;

/// <summary>What an author says of attempts, as it came: nothing in here has been checked.</summary>
/// <param name="Per">A duration as ISO 8601 has it: <c>PT1H</c>, <c>P1D</c>.</param>
public sealed record SubmittedAttempts(long? Max, string? Per, long? Total, string? Pause, bool? CountsCompileErrors, bool? CountsSamples, bool? CountsFormatErrors = null);
