namespace CodeExec.Client;

/// <summary>Which batches to list; all of the tenant's unless narrowed, newest first.</summary>
public sealed record BatchQuery
{
    public string? State { get; init; }

    public string? Problem { get; init; }

    /// <summary>"key:value".</summary>
    public string? Label { get; init; }

    public int? Limit { get; init; }

    public string? Cursor { get; init; }
}
