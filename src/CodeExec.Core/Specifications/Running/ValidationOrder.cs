using CodeExec.Core.Attempts;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Executions.Submitting;

namespace CodeExec.Core.Specifications.Running;

/// <summary>What a client asks for: the program has not been checked, the content has.</summary>
public sealed record ValidationOrder
{
    public required ValidationSubject Subject { get; init; }

    /// <summary>How often its student may submit; null: as often as one likes.</summary>
    public AttemptRules? Attempts { get; init; }

    public SubmittedBy By { get; init; }

    public required Submission Program { get; init; }

    public required SpecificationContent Content { get; init; }

    /// <summary>Only what a change since the newest run touches.</summary>
    public bool Incremental { get; init; }

    /// <summary>The run to compare with, in place of the newest.</summary>
    public string? CompareWith { get; init; }
}
