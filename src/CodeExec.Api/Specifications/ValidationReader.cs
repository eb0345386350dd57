using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Specifications.Submitting;

namespace CodeExec.Api.Specifications;

/// <summary>The body of a request that has an implementation checked: its shape only.</summary>
internal static class ValidationReader
{
    internal static readonly HashSet<string> ProgramMembers =
        ["language", "version", "code", "files", "entry", "limits", "compileLimits", "compileArgs", "provider", "priority", "labels"];

    /// <summary>What every such request may have.</summary>
    private static readonly HashSet<string> Common = [.. ProgramMembers, "incremental", "compareWith", "requirementIds", "testIds"];

    /// <param name="own">Members that it may have beside those of all.</param>
    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static ValidationBody Read(JsonElement body, params string[] own)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, [.. Common, .. own]);
        ValidationBody read = new()
        {
            Program = SubmissionReader.Read(fields) with { TestIds = null }, // those of a validation pick test cases of a specification
            Incremental = fields.Flag("incremental") ?? false,
            CompareWith = fields.Text("compareWith"),
            RequirementIds = fields.TextList("requirementIds"),
            TestIds = fields.TextList("testIds"),
            TaskId = fields.Text("taskId"),
            SpecificationId = fields.Text("specificationId"),
            Specifications = fields.Object("specifications", ContentReader.DocumentMembers) is { } content ? ContentReader.Read(content) : null,
        };
        errors.ThrowIfAny();
        return read;
    }
}

internal sealed record ValidationBody
{
    public required Submission Program { get; init; }

    public bool Incremental { get; init; }

    public string? CompareWith { get; init; }

    public IReadOnlyList<string>? RequirementIds { get; init; }

    public IReadOnlyList<string>? TestIds { get; init; }

    public bool AsksForPart => RequirementIds is { Count: > 0 } || TestIds is { Count: > 0 };

    public string? TaskId { get; init; }

    public string? SpecificationId { get; init; }

    public SubmittedContent? Specifications { get; init; }
}
