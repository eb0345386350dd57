namespace CodeExec.Client;

/// <param name="Sequence">Counts up without repeating; a reader that comes back passes the last one it has.</param>
/// <param name="Step">"compile", "run"…; null for what belongs to none.</param>
public sealed record LogEntry(long Sequence, DateTimeOffset Timestamp, LogLevel Level, LogSource Source, string? Step, string Message);
