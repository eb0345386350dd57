using System.Text.Json.Serialization;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Problems;

/// <summary>A task with its tests, stored once and submitted to often. A change makes a new version; earlier ones stay as they were.</summary>
public sealed record Problem
{
    public const string AnyLanguage = "*";

    /// <summary>Chosen by its author.</summary>
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>In Markdown.</summary>
    public string? Statement { get; init; }

    /// <summary>Those that may be submitted; null: all.</summary>
    public IReadOnlyList<string>? Languages { get; init; }

    /// <summary>By language; <see cref="AnyLanguage"/> for those that have none of their own. What is left out is the language's default.</summary>
    public IReadOnlyDictionary<string, SubmittedLimits> Limits { get; init; } = new Dictionary<string, SubmittedLimits>();

    /// <summary>By language; a submission in another one is a whole program.</summary>
    public IReadOnlyDictionary<string, Harness> Harness { get; init; } = new Dictionary<string, Harness>();

    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>();

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Where the tests of this version stand.</summary>
    public required string SuiteBlob { get; init; }

    /// <summary>Over all that a submission's grade depends on: equal for two versions that grade alike.</summary>
    public required string Fingerprint { get; init; }

    public required ProblemSummary Tests { get; init; }

    /// <summary>Whether submissions may be graded by it.</summary>
    public ProblemState State { get; init; }

    /// <summary>Tests lack what the programs of its author have yet to make.</summary>
    public bool Incomplete { get; init; }

    /// <summary>Where those programs stand; null if there are none.</summary>
    public string? KitBlob { get; init; }

    /// <summary>Over them; null if there are none.</summary>
    public string? KitFingerprint { get; init; }

    /// <summary>The newest check of this version; null if there was none.</summary>
    public string? CheckId { get; init; }

    /// <summary>There only where a submission picks some of its tests.</summary>
    [JsonIgnore]
    public TestSuite? Suite { get; init; }

    public ProblemVersion Reference => new(Id, Version);

    /// <summary>One that is being checked has all that grading takes, as long as nothing has to be made first.</summary>
    [JsonIgnore]
    public bool IsUsable => State == ProblemState.Ready || (State == ProblemState.Checking && !Incomplete);

    /// <summary>Why nothing can be graded by it; null if something can.</summary>
    [JsonIgnore]
    public string? WhyNot => IsUsable ? null
        : State == ProblemState.Checking ? $"Version {Version} of problem '{Id}' is being checked, and its tests are yet to be made. GET /api/problems/{Id}/check?version={Version}&wait=60 tells when it can be used."
        : $"Version {Version} of problem '{Id}' is broken: GET /api/problems/{Id}/check?version={Version} tells its author what to mend. Name another version.";

    public SubmittedLimits? LimitsFor(string language) => Limits.GetValueOrDefault(language) ?? Limits.GetValueOrDefault(AnyLanguage);
}

/// <summary>What may be said of the tests to anybody.</summary>
public sealed record ProblemSummary(int Count, int Hidden, decimal MaxScore, long DataBytes);
