namespace CodeExec.Client;

/// <summary>A batch as it is sent: the submissions as they are, and what is to be said of them.</summary>
public sealed record BatchUpload
{
    public const string Json = "application/json", Lines = "application/x-ndjson", Zip = "application/zip";

    /// <summary>Opens the content, once for each try.</summary>
    public required Func<Stream> Open { get; init; }

    /// <summary>One of <see cref="Json"/> (which says all itself), <see cref="Lines"/> and <see cref="Zip"/>.</summary>
    public required string MediaType { get; init; }

    /// <summary>Null where the content says it, or brings tests of its own.</summary>
    public ProblemReference? Problem { get; init; }

    public string? Name { get; init; }

    public string? Priority { get; init; }

    public int? Concurrency { get; init; }

    public bool? Force { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>When to begin; at once unless given.</summary>
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>How long after its acceptance to begin, in place of <see cref="StartAt"/>.</summary>
    public long? DelayMs { get; init; }

    /// <summary>The same key with the same content gives the same batch. Made anew for each call unless given.</summary>
    public string? IdempotencyKey { get; init; }
}
