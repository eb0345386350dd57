using System.Text.Json.Serialization;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Grading.Scoring;

namespace CodeExec.Core.Grading;

/// <summary>What a graded execution came to, as it stands in its record.</summary>
public sealed record Grade
{
    public required Score Score { get; init; }

    public ProblemVersion? Problem { get; init; }

    /// <summary>Only some of the tests were run: no grade to be marked by.</summary>
    public bool IsPart { get; init; }

    /// <summary>Oldest first; the last one counts.</summary>
    public IReadOnlyList<GradeOverride> Overrides { get; init; } = [];

    /// <summary>The points that count.</summary>
    [JsonIgnore]
    public decimal Points => Overrides is [.., { Points: { } given }] ? given : Score.Points;

    /// <summary>Of each test, while they are short.</summary>
    public IReadOnlyList<TestResult>? Results { get; init; }

    /// <summary>Where they stand if not here.</summary>
    public string? ResultsBlob { get; init; }
}
