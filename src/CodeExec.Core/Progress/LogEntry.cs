namespace CodeExec.Core.Progress;

/// <summary>
/// One entry in the feed of an execution. A feed is numbered from 1 without a gap; what happens to the execution and what its
/// program prints stand in it in one order, so that a viewer who knows a sequence knows all before it.
/// </summary>
public sealed record LogEntry
{
    public required long Sequence { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public required LogLevel Level { get; init; }

    public required LogSource Source { get; init; }

    /// <summary>"compile", "run"…; null for what the service itself says.</summary>
    public string? Step { get; init; }

    /// <summary>A line without its end, or a part of a very long one.</summary>
    public required string Message { get; init; }

    /// <summary>The program had not ended the line: the next entry of this stream goes on with it.</summary>
    public bool Partial { get; init; }

    /// <summary>The bytes as they came, when <see cref="Message"/> could not hold them.</summary>
    public byte[]? Bytes { get; init; }

    public FeedEvent Event { get; init; }

    /// <summary>With <see cref="FeedEvent.Status"/>: the new status.</summary>
    public Executions.ExecutionStatus? Status { get; init; }

    /// <summary>With <see cref="FeedEvent.Progress"/> of graded work: the test that has been judged.</summary>
    public TestProgress? Test { get; init; }

    /// <summary>With <see cref="FeedEvent.Display"/>; its sequence is this entry's.</summary>
    public Executions.Results.DisplayInfo? Display { get; init; }
}

/// <param name="Current">How many tests have been judged with this one.</param>
public sealed record TestProgress(string Id, Grading.Verdict Verdict, int Current, int Total);

public enum LogLevel
{
    Info,
    Warn,
    Error,
}

public enum LogSource
{
    System,
    Stdout,
    Stderr,
}

/// <summary>What an entry is to a live viewer. Every one is a log entry too.</summary>
public enum FeedEvent
{
    Log,
    Status,
    Progress,

    /// <summary>Always the last entry of a feed.</summary>
    Result,
    Error,

    /// <summary>A program shows something, or what it showed has changed.</summary>
    Display,
}
