using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Specifications.Submitting;

/// <summary>What an implementation shall be measured against, as it came: nothing in here has been checked.</summary>
public sealed record SubmittedContent
{
    public IReadOnlyList<SubmittedRequirement>? Requirements { get; init; }

    public IReadOnlyList<SubmittedCriterion>? AcceptanceCriteria { get; init; }

    public IReadOnlyList<SubmittedRule>? ValidationRules { get; init; }

    public IReadOnlyList<SubmittedTest>? TestCases { get; init; }

    /// <summary>Of each test case, in their order.</summary>
    public IReadOnlyList<IReadOnlyList<string>?>? Covers { get; init; }

    /// <summary>For test cases that name none of their own.</summary>
    public SubmittedChecker? Checker { get; init; }
}

/// <param name="Text">With no id given, "R1: adds two numbers" has the id R1.</param>
/// <param name="Priority">"must" (unless given), "should" or "could".</param>
public sealed record SubmittedRequirement(string? Id, string? Text, string? Description = null, string? Priority = null, IReadOnlyList<SubmittedCriterion>? AcceptanceCriteria = null);

public sealed record SubmittedCriterion
{
    public string? Id { get; init; }

    public string? RequirementId { get; init; }

    public string? Text { get; init; }

    public string? Given { get; init; }

    public string? When { get; init; }

    public string? Then { get; init; }

    public IReadOnlyList<CriterionExample>? Examples { get; init; }
}

public sealed record SubmittedRule
{
    public string? Id { get; init; }

    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Pattern { get; init; }

    public long? Max { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    public string? Message { get; init; }

    /// <summary>"error" (unless given) or "warning".</summary>
    public string? Severity { get; init; }

    public IReadOnlyList<string>? RequirementIds { get; init; }
}

public sealed record SubmittedSpecification
{
    public string? Name { get; init; }

    public string? Description { get; init; }

    public string? Design { get; init; }

    public IReadOnlyList<SubmittedTask>? Tasks { get; init; }

    public SubmittedContent Content { get; init; } = new();
}

public sealed record SubmittedTask(string? Id, string? Title, string? Description = null, IReadOnlyList<string>? RequirementIds = null);

public sealed record SubmittedChallenge(string? Title, string? Description, SubmittedContent Content, SubmittedAttempts? Attempts = null);
