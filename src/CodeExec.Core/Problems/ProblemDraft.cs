using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems.Authoring;

namespace CodeExec.Core.Problems;

/// <summary>A problem as its author sends it: nothing in here has been checked.</summary>
public sealed record ProblemDraft
{
    public string? Id { get; init; }

    public string? Title { get; init; }

    public string? Statement { get; init; }

    public IReadOnlyList<string>? Languages { get; init; }

    public IReadOnlyDictionary<string, SubmittedLimits>? Limits { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    /// <summary>By language.</summary>
    public IReadOnlyDictionary<string, SubmittedHarness>? Harness { get; init; }

    /// <summary>Null: there are no programs of the author's.</summary>
    public SubmittedAuthoring? Authoring { get; init; }

    public SubmittedSuite Suite { get; init; } = new();
}
