namespace CodeExec.Client;

/// <summary>An answer of type application/problem+json.</summary>
internal sealed record Problem(string? Type, string? Title, string? Detail, IReadOnlyDictionary<string, string[]>? Errors)
{
    public AttemptStanding? Attempts { get; init; }
}
