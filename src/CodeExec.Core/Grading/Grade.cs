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

    /// <summary>
    /// Whether all tests whose verdict hangs on time (and a compilation that ran out of it) had the machine's processor to themselves; null if none did,
    /// or where an earlier release graded.
    /// </summary>
    public bool? TimeIsSure { get; init; }

    /// <summary>The same program by the same tests would come to the same again, however busy the machine is.</summary>
    [JsonIgnore]
    public bool IsLasting => TimeIsSure ?? (!Score.Verdicts.ContainsKey(Verdict.TimeLimit));

    /// <summary>The points that count.</summary>
    [JsonIgnore]
    public decimal Points => Overrides is [.., { Points: { } given }] ? given : Score.Points;

    /// <summary>Of each test, while they are short.</summary>
    public IReadOnlyList<TestResult>? Results { get; init; }

    /// <summary>Where they stand if not here.</summary>
    public string? ResultsBlob { get; init; }
}
