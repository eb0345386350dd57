using CodeExec.Core.Attempts;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Specifications.Running;

/// <summary>All that a run is made of, as it was accepted.</summary>
public sealed record ValidationRequest
{
    public required TenantId Tenant { get; init; }

    public required ValidationSubject Subject { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The attempt of its student that it is, where attempts are counted.</summary>
    public CountedAttempt? Attempt { get; init; }

    /// <summary>The implementation, without tests.</summary>
    public required Submission Program { get; init; }

    public required SpecificationContent Content { get; init; }

    /// <summary>The earlier run whose results are reused where nothing has changed.</summary>
    public string? CompareWith { get; init; }
}
