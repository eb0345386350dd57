namespace CodeExec.Client;

/// <summary>Which executions to list; all of the tenant's unless narrowed, newest first.</summary>
public sealed record ExecutionQuery
{
    public ExecutionStatus? Status { get; init; }

    public string? Language { get; init; }

    /// <summary>"key:value".</summary>
    public string? Label { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int? Limit { get; init; }

    /// <summary>From <see cref="ExecutionPage.Cursor"/> of the page before.</summary>
    public string? Cursor { get; init; }
}
