namespace CodeExec.Core.Specifications;

public abstract record SaveOutcome<T>
{
    private SaveOutcome()
    {
    }

    /// <param name="IsNew">It was not there before.</param>
    public sealed record Saved(T Value, bool IsNew) : SaveOutcome<T>;

    public sealed record NotFound : SaveOutcome<T>;

    /// <summary>It has changed since the version that the client has seen.</summary>
    public sealed record VersionConflict(int Version) : SaveOutcome<T>;

    /// <summary>The idempotency key had been used for another request.</summary>
    public sealed record KeyConflict : SaveOutcome<T>;

    /// <summary>Nothing was stored. Messages by field, as the client names it.</summary>
    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : SaveOutcome<T>;
}
