namespace CodeExec.Client;

/// <summary>What attempts are counted at: a problem or a challenge.</summary>
public sealed record AttemptSubject
{
    private AttemptSubject()
    {
    }

    /// <summary>Its id, if it is one.</summary>
    public string? Problem { get; private init; }

    /// <summary>Its id, if it is one.</summary>
    public string? Challenge { get; private init; }

    public static AttemptSubject OfProblem(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new() { Problem = id };
    }

    public static AttemptSubject OfChallenge(string id)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(id);
        return new() { Challenge = id };
    }
}
