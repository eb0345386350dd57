namespace CodeExec.Core.Problems;

public abstract record SaveProblemOutcome
{
    private SaveProblemOutcome()
    {
    }

    /// <param name="IsNew">False when it is just as the version before: nothing was stored.</param>
    public sealed record Saved(Problem Problem, bool IsNew) : SaveProblemOutcome;

    public sealed record Exists(Problem Problem) : SaveProblemOutcome;

    public sealed record NotFound : SaveProblemOutcome;

    /// <summary>Nothing was stored: too much is waiting.</summary>
    public sealed record Busy(TimeSpan RetryAfter) : SaveProblemOutcome;

    public sealed record Invalid(IReadOnlyDictionary<string, string[]> Errors) : SaveProblemOutcome;
}
