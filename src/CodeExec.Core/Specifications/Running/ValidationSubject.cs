namespace CodeExec.Core.Specifications.Running;

/// <summary>What an implementation was checked for.</summary>
public sealed record ValidationSubject
{
    public required SubjectKind Kind { get; init; }

    /// <summary>Null when what to check by came with the request.</summary>
    public string? SpecificationId { get; init; }

    /// <summary>Of the specification or the challenge.</summary>
    public int? Version { get; init; }

    public string? TaskId { get; init; }

    public string? ChallengeId { get; init; }

    /// <summary>It was checked for some of the requirements or tests only.</summary>
    public bool IsPart { get; init; }

    /// <summary>Those that runs of it are listed under.</summary>
    internal IEnumerable<(SubjectKind Kind, string Id)> Indexes()
    {
        if (SpecificationId is { } specification)
        {
            yield return (SubjectKind.Specification, specification);
        }

        if (TaskId is { } task)
        {
            yield return (SubjectKind.Task, task);
        }

        if (ChallengeId is { } challenge)
        {
            yield return (SubjectKind.Challenge, challenge);
        }
    }
}

public enum SubjectKind
{
    Specification,
    Task,
    Challenge,
}
