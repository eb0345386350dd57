using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;
using CodeExec.Core.Specifications.Compliance;
using CodeExec.Core.Specifications.Submitting;

namespace CodeExec.Api.Reviews;

/// <summary>The body of a request for a review: its shape only.</summary>
internal static class ReviewReader
{
    private static readonly HashSet<string> Members =
        ["language", "version", "code", "files", "entry", "specifications", "specificationId", "executionResults", "execute", "reviewer"];

    private static readonly HashSet<string> ResultMembers = ["validationId", "executionId", "testResults"];

    private static readonly HashSet<string> TestMembers = ["id", "name", "verdict", "requirementIds", "wallMs", "cpuMs", "memoryBytes", "message"];

    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static ReviewBody Read(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, Members);
        JsonFields? results = fields.Object("executionResults", ResultMembers);
        ReviewBody read = new()
        {
            Program = SubmissionReader.Read(fields),
            Specifications = fields.Object("specifications", ContentReader.Members) is { } content ? ContentReader.Read(content) : null,
            SpecificationId = fields.Text("specificationId"),
            ValidationId = results?.Text("validationId"),
            ExecutionId = results?.Text("executionId"),
            Tests = results?.Objects("testResults", TestMembers)?.Select((test, index) => Test(test, index, errors)).ToList(),
            Execute = fields.Flag("execute") ?? false,
            Reviewer = fields.Text("reviewer"),
        };
        int sources = (read.ValidationId is null ? 0 : 1) + (read.ExecutionId is null ? 0 : 1) + (read.Tests is null ? 0 : 1) + (read.Execute ? 1 : 0);
        if (sources > 1)
        {
            errors.Add("executionResults", "Send one of validationId, executionId, testResults, or 'execute': true.");
        }

        errors.ThrowIfAny();
        return read;
    }

    private static ValidatedTest Test(JsonFields test, int index, FieldErrors errors)
    {
        string at = $"executionResults.testResults[{index}]";
        string? verdict = test.Text("verdict");
        Verdict[] all = Enum.GetValues<Verdict>();
        int found = Array.FindIndex(all, one => one.Name() == verdict);
        if (found < 0)
        {
            errors.Add(at + ".verdict", $"Must be one of {string.Join(", ", all.Select(one => one.Name()))}.");
        }

        return new ValidatedTest(new TestResult
        {
            Id = test.Text("id") ?? $"{index + 1}",
            Name = test.Text("name"),
            Verdict = found < 0 ? Verdict.InternalError : all[found],
            RequirementIds = test.TextList("requirementIds") ?? [],
            WallMs = Math.Max(0, test.Number("wallMs") ?? 0),
            CpuMs = Math.Max(0, test.Number("cpuMs") ?? 0),
            MemoryBytes = Math.Max(0, test.Integer("memoryBytes") ?? 0),
            Message = test.Text("message"),
        });
    }
}

internal sealed record ReviewBody
{
    public required Submission Program { get; init; }

    public SubmittedContent? Specifications { get; init; }

    public string? SpecificationId { get; init; }

    public string? ValidationId { get; init; }

    public string? ExecutionId { get; init; }

    public IReadOnlyList<ValidatedTest>? Tests { get; init; }

    public bool Execute { get; init; }

    public string? Reviewer { get; init; }
}
