using System.Text.Json;

namespace CodeExec.Client;

/// <summary>What stands before the submissions of a batch that brings tests of its own: in the first line of lines, or as batch.json in a zip.</summary>
public sealed record BatchHeader
{
    public IReadOnlyList<TestCase>? Tests { get; init; }

    public JsonElement? Checker { get; init; }

    public string? StopOn { get; init; }
}

/// <summary>As the first line has it.</summary>
public sealed record BatchHeaderLine(BatchHeader Batch);
