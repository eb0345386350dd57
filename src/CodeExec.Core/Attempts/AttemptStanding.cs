namespace CodeExec.Core.Attempts;

/// <summary>Where a student stands.</summary>
public sealed record AttemptStanding
{
    public required string Student { get; init; }

    public required AttemptRules Rules { get; init; }

    /// <summary>Attempts that count, also those that have not ended.</summary>
    public required int Used { get; init; }

    /// <summary>More attempts, given by a person.</summary>
    public required int Given { get; init; }

    /// <summary>Those given count here too. Null: as many as one likes.</summary>
    public required int? Left { get; init; }

    /// <summary>When the next one may be made; null: never, unless more are given.</summary>
    public required DateTimeOffset? NextAt { get; init; }

    /// <summary>The next one would be one of those given.</summary>
    internal bool IsExtra { get; init; }

    internal DateTimeOffset Now { get; init; }

    public bool MayTry => Left != 0 && NextAt <= Now;

    /// <summary>Null: waiting does not help.</summary>
    public TimeSpan? Wait => NextAt - Now;
}
