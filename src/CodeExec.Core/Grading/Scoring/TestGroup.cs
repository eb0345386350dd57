namespace CodeExec.Core.Grading.Scoring;

/// <summary>Tests that are scored together.</summary>
public sealed record TestGroup
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    /// <summary>For the whole group; null: those of its tests together.</summary>
    public decimal? Points { get; init; }

    public GroupScoring Scoring { get; init; }

    /// <summary>Groups that must be accepted as a whole; else the tests of this one are skipped.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];
}

public enum GroupScoring
{
    /// <summary>Each test for itself.</summary>
    Sum,

    /// <summary>All points, or none.</summary>
    AllOrNothing,

    /// <summary>The part that its worst test came to.</summary>
    Minimum,
}
