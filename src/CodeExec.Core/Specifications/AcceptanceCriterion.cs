namespace CodeExec.Core.Specifications;

/// <summary>How one sees that a requirement is met. Tests name it as they name a requirement, and then count for both.</summary>
public sealed record AcceptanceCriterion
{
    public required string Id { get; init; }

    /// <summary>Null when it is for the specification as a whole.</summary>
    public string? RequirementId { get; init; }

    public required string Text { get; init; }

    public string? Given { get; init; }

    public string? When { get; init; }

    public string? Then { get; init; }

    public IReadOnlyList<CriterionExample> Examples { get; init; } = [];
}

/// <param name="Stdin">What the program is given.</param>
/// <param name="Expected">What it then must print; null: not said.</param>
public sealed record CriterionExample(string Stdin, string? Expected);
