namespace CodeExec.Client;

public sealed record LogEntry
{
    /// <summary>Counts up without repeating; a reader that comes back passes the last one it has.</summary>
    public long Sequence { get; init; }

    public DateTimeOffset Timestamp { get; init; }

    public LogLevel Level { get; init; }

    public LogSource Source { get; init; }

    /// <summary>"compile", "run"…; null for what the service itself says.</summary>
    public string? Step { get; init; }

    /// <summary>A line without its end, or a part of one.</summary>
    public string Message { get => field ?? ""; init; }

    /// <summary>The line goes on in the source's next entry, or the output ended without a line end.</summary>
    public bool Partial { get; init; }
}
