namespace CodeExec.Client;

public sealed record CodeExecClientOptions
{
    /// <summary>Sent as a bearer token; none for a server that runs open on loopback.</summary>
    public string? ApiKey { get; init; }

    /// <summary>How often a call is tried in all when the server is busy (429, 503) or a connection breaks.</summary>
    public int MaxAttempts { get; init; } = 4;

    /// <summary>A longer Retry-After than this is not waited for: the caller gets the exception and decides.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often in a row a stream may break without bringing anything new before the follower gives up.</summary>
    public int MaxReconnects { get; init; } = 12;

    /// <summary>A stream that is silent for so long is opened anew: a dead connection does not say that it is dead.</summary>
    public TimeSpan StreamIdleLimit { get; init; } = TimeSpan.FromSeconds(90);
}
