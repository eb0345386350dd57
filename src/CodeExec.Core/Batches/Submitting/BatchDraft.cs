using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>What a client asks for beside the submissions: nothing in here has been checked.</summary>
public sealed record BatchDraft
{
    public string? Name { get; init; }

    public SubmittedProblem? Problem { get; init; }

    /// <summary>Tests of its own, in place of a problem.</summary>
    public SubmittedSuite? Suite { get; init; }

    /// <summary>With tests of its own: by language, as a problem has them.</summary>
    public IReadOnlyDictionary<string, SubmittedLimits>? Limits { get; init; }

    /// <summary>"low" (unless given), "normal" or "high".</summary>
    public string? Priority { get; init; }

    public long? Concurrency { get; init; }

    public bool? Force { get; init; }

    public IReadOnlyDictionary<string, string>? Labels { get; init; }

    public SubmittedCallback? Callback { get; init; }

    /// <summary>When it is to begin: ISO 8601 with an offset. Null: at once.</summary>
    public string? StartAt { get; init; }

    /// <summary>How long after its acceptance it is to begin; in place of <see cref="StartAt"/>.</summary>
    public long? DelayMs { get; init; }
}

/// <param name="Key">What its author calls it; its place in the batch unless given.</param>
public sealed record BatchSubmission(string? Key, Submission Submission)
{
    /// <summary>Why it can not be graded as it is: it is set aside at once.</summary>
    public string? Refused { get; init; }
}
