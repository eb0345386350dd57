namespace CodeExec.Client;

/// <param name="Total">How many entries match, on all pages.</param>
public sealed record LogPage(IReadOnlyList<LogEntry> Items, long Total);
