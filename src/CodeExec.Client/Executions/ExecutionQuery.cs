namespace CodeExec.Client;

/// <summary>Which executions to list; all of the tenant's unless narrowed, newest first.</summary>
public sealed record ExecutionQuery
{
    public ExecutionStatus? Status { get; init; }

    public string? Language { get; init; }

    /// <summary>"key:value".</summary>
    public string? Label { get; init; }

    /// <summary>Whose they are. A student's key sees the student's own anyway.</summary>
    public string? Student { get; init; }

    /// <summary>Id of the problem that they answer.</summary>
    public string? Problem { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int? Limit { get; init; }

    /// <summary>From <see cref="ExecutionPage.Cursor"/> of the page before.</summary>
    public string? Cursor { get; init; }
}
