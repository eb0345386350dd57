namespace CodeExec.Core.Specifications;

/// <summary>A project's specification: requirements, design, tasks, and what its implementations are checked by. A change makes a new version.</summary>
public sealed record Specification : IVersioned
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>In Markdown, or JSON as it was sent.</summary>
    public string? Design { get; init; }

    public IReadOnlyList<SpecificationTask> Tasks { get; init; } = [];

    public required SpecificationContent Content { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
