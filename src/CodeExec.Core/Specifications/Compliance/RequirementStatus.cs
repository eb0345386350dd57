namespace CodeExec.Core.Specifications.Compliance;

public enum RequirementStatus
{
    /// <summary>All that checks it passed.</summary>
    Met,

    /// <summary>Some of it passed.</summary>
    Partial,
    Failed,

    /// <summary>Nothing checks it, or what would was not run.</summary>
    Untested,
}

/// <summary>What an implementation came to as a whole.</summary>
public enum ComplianceResult
{
    Passed,
    Partial,
    Failed,
}
