namespace CodeExec.Core.Specifications;

/// <summary>A specification that many people submit solutions to.</summary>
public sealed record Challenge : IVersioned
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>In Markdown.</summary>
    public required string Description { get; init; }

    public required SpecificationContent Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
