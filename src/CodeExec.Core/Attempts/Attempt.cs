namespace CodeExec.Core.Attempts;

/// <summary>One attempt of a student.</summary>
public sealed record Attempt
{
    public required string Id { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The id of the execution, or of the validation.</summary>
    public required string Work { get; init; }

    /// <summary>A hash of the idempotency key that it came with.</summary>
    public string? Key { get; init; }

    public AttemptState State { get; init; }

    /// <summary>One of those that a person gave: the rules' own were spent.</summary>
    public bool IsExtra { get; init; }
}

public enum AttemptState
{
    /// <summary>Its work has not ended; it counts.</summary>
    Open,
    Counted,

    /// <summary>It does not count: it failed through us, was cancelled before it began, or did not compile where that is free.</summary>
    Free,
}
