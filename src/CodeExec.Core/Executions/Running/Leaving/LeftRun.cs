using CodeExec.Core.Containers;

namespace CodeExec.Core.Executions.Running.Leaving;

/// <summary>A run in a container that outlives its host: where it is, and how far it was followed. Whoever reads it can go on with it.</summary>
public sealed record LeftRun
{
    public required string Container { get; init; }

    public required ContainerSpec Spec { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The last entry of the feed before the job's first: what was told of the job comes after it.</summary>
    public required long FeedStart { get; init; }

    /// <summary>Whether the program had been compiled for an earlier execution.</summary>
    public bool FromCache { get; init; }

    /// <summary>Of graded work: the tests in the job.</summary>
    public IReadOnlyList<string>? Tests { get; init; }

    /// <summary>The number of the last event that is kept.</summary>
    public long FollowedTo { get; init; }

    /// <summary>In how many blobs the events so far are kept.</summary>
    public int Parts { get; init; }
}

/// <summary>A left run and its container, found again.</summary>
public sealed record FoundRun(LeftRun Run, ILastingContainer Container);
