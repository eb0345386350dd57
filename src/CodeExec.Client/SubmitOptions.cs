namespace CodeExec.Client;

public sealed record SubmitOptions
{
    /// <summary>The same key with the same request gives the same execution, however often it is sent. Made anew for each call unless given.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>How long the server may hold the answer for the execution to end: up to 60 seconds, none unless given.</summary>
    public TimeSpan? Wait { get; init; }
}
