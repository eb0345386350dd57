namespace CodeExec.Client;

public sealed record LogQuery
{
    public LogLevel? Level { get; init; }

    public LogSource? Source { get; init; }

    /// <summary>Text that the message holds.</summary>
    public string? Search { get; init; }

    public int? Limit { get; init; }

    public long? Offset { get; init; }
}
