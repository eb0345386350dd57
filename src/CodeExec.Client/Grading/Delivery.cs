namespace CodeExec.Client;

/// <summary>A callback, and every try to deliver it.</summary>
public sealed record Delivery
{
    public required string Id { get; init; }

    public string Event { get => field ?? ""; init; }

    public string Url { get => field ?? ""; init; }

    public bool Signed { get; init; }

    /// <summary>"pending", "delivered" or "failed".</summary>
    public string State { get => field ?? ""; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public IReadOnlyList<DeliveryTry> Tries { get => field ?? []; init; }
}

/// <param name="Status">What the receiver answered; null if it did not.</param>
/// <param name="Problem">Why there was no answer.</param>
public sealed record DeliveryTry(DateTimeOffset At, int? Status, string? Problem, long DurationMs);

public sealed record DeliveryList(IReadOnlyList<Delivery> Items);
