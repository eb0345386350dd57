using System.Text.Json.Serialization;
using CodeExec.Api.Displays;
using CodeExec.Api.Grading;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading;
using CodeExec.Core.Languages;

namespace CodeExec.Api.Executions;

/// <summary>An execution, as every endpoint returns it.</summary>
internal sealed record ExecutionView(
    ExecutionId Id,
    ExecutionStatus Status,
    bool Success,
    OutcomeView? Outcome,
    string Language,
    string Version,
    string Provider,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    long? DurationMs,
    StepView? Compile,
    StepView? Run,
    TimingsView Timings,
    IReadOnlyList<ArtifactView> Artifacts,
    IReadOnlyList<DisplayView> Displays,
    ErrorView? Error,
    IReadOnlyDictionary<string, string> Labels)
{
    /// <summary>What its containers have cost; null where they have no price.</summary>
    public CostView? Cost { get; init; }

    /// <summary>When it was asked to begin.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? StartAt { get; init; }

    /// <summary>How the execution was isolated when that was weaker than usual.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Isolation { get; init; }

    /// <summary>Whose it is, where that was said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Student { get; init; }

    /// <summary>What it answers, where that is a problem.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProblemVersion? Problem { get; init; }

    /// <summary>In the answer to a submission: where its student then stands.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttemptStandingView? Attempts { get; init; }

    /// <summary>Of graded work.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Verdict? Verdict { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? Score { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public decimal? MaxScore { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GradeView? Grade { get; init; }

    /// <summary>Not in lists: ask for the execution to see them.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TestView>? Tests { get; init; }
}

internal sealed record OutcomeView(string Kind, int? ExitCode, int? Signal, ResourceLimit? Limit);

internal sealed record StepView(
    int? ExitCode, int? Signal, string Stdout, string Stderr, bool StdoutTruncated, bool StderrTruncated, long WallMs, long CpuMs, long MemoryBytes)
{
    /// <summary>The limit that ended the step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ResourceLimit? Limit { get; init; }

    /// <summary>The error that the program died of, where it said so.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ProgramFailure? Failure { get; init; }

    /// <summary>Bytes the program wrote, where less than that was kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? StdoutTotalBytes { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? StderrTotalBytes { get; init; }

    /// <summary>The result was kept from an earlier compilation of the same sources.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool FromCache { get; init; }

    /// <summary>Where the program was run more than once: each run. Times and memory beside it are then averages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RunView>? Runs { get; init; }

    /// <summary>Of the run that took most.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? PeakMemoryBytes { get; init; }

    /// <summary>In lists, where long outputs stand with their beginning only: ask for the execution to see them whole.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Abridged { get; init; }
}

internal sealed record TimingsView(long? QueuedMs, long? PreparingMs, long? RunningMs);

/// <param name="Url">Null for a file that was not kept.</param>
internal sealed record ArtifactView(string Path, long SizeBytes, string? Url)
{
    /// <summary>Why the file was not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refused { get; init; }
}

internal sealed record ErrorView(string Type, string Message);

internal sealed record ExecutionListView(IReadOnlyList<ExecutionView> Items, string? Cursor);
