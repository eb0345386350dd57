using System.Text.Json;

namespace CodeExec.Client;

/// <summary>One test of a graded execution or a batch. What is null takes the server's default.</summary>
public sealed record TestCase
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Stdin { get; init; }

    /// <summary>Without it, it is enough to end well.</summary>
    public string? Expected { get; init; }

    /// <summary>Of both: "utf8" (unless given), "base64" or "hex".</summary>
    public string? Encoding { get; init; }

    public IReadOnlyList<string>? Args { get; init; }

    public IReadOnlyList<SourceFile>? Files { get; init; }

    /// <summary>A checker's name, or an object: see docs/grading.md.</summary>
    public JsonElement? Checker { get; init; }

    public RequestedLimits? Limits { get; init; }

    public decimal? Points { get; init; }

    public string? Group { get; init; }

    public bool? Hidden { get; init; }

    public IReadOnlyList<string>? RequirementIds { get; init; }
}
