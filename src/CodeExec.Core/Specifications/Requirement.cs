namespace CodeExec.Core.Specifications;

/// <summary>What an implementation must do.</summary>
/// <param name="Id">One of its own within its specification.</param>
/// <param name="Text">In a sentence.</param>
public sealed record Requirement(string Id, string Text, RequirementPriority Priority = RequirementPriority.Must, string? Description = null);

/// <summary>How much a requirement weighs in the score.</summary>
public enum RequirementPriority
{
    Must,
    Should,
    Could,
}
