namespace CodeExec.Client;

/// <summary>How the program ended.</summary>
/// <param name="ExitCode">Set when it exited by itself.</param>
/// <param name="Signal">Set when a signal ended it.</param>
/// <param name="Limit">Set when a limit ended it.</param>
public sealed record ExecutionOutcome(OutcomeKind Kind, int? ExitCode = null, int? Signal = null, LimitKind? Limit = null);
