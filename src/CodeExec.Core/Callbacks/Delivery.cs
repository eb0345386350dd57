namespace CodeExec.Core.Callbacks;

/// <summary>One end that somebody is to be told of, and every try to do so.</summary>
public sealed record Delivery
{
    public const int MostTriesKept = 50;

    /// <summary>The same for each try: a receiver that has seen it may pass it over.</summary>
    public required string Id { get; init; }

    /// <summary>"execution.ended" or "batch.ended".</summary>
    public required string Event { get; init; }

    public required CallbackTarget Target { get; init; }

    public string Method { get; init; } = "POST";

    /// <summary>What is sent, to the byte.</summary>
    public required string Body { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DeliveryState State { get; init; }

    public IReadOnlyList<DeliveryTry> Tries { get; init; } = [];

    /// <summary>How often it was begun: once, and once more for each time it was asked for again.</summary>
    public int Rounds { get; init; } = 1;
}

public enum DeliveryState
{
    Pending,
    Delivered,

    /// <summary>Given up, after a day of tries or because the receiver said that it is gone.</summary>
    Failed,
}

/// <param name="Status">What the receiver answered; null if it did not.</param>
/// <param name="Problem">Why there was no answer.</param>
public sealed record DeliveryTry(DateTimeOffset At, int? Status, string? Problem, long DurationMs);
