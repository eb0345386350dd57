namespace CodeExec.Core.Grading;

/// <summary>What an execution is graded by. The tests stand here while they are few, or in a blob that never changes.</summary>
public sealed record GradingSpec
{
    public TestSuite? Suite { get; init; }

    /// <summary>Where the suite stands, as JSON, if not here.</summary>
    public string? SuiteBlob { get; init; }

    public ProblemVersion? Problem { get; init; }

    /// <summary>Null: all tests.</summary>
    public TestSelection? Selection { get; init; }
}

/// <summary>A problem as it was at one time.</summary>
public sealed record ProblemVersion(string Id, int Version);
