using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Api.Specifications;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Specifications.Submitting;

namespace CodeExec.Api.Reviews;

/// <summary>The body of a request for a review: its shape only.</summary>
internal static class ReviewReader
{
    private static readonly HashSet<string> Members =
        ["language", "version", "code", "files", "entry", "specifications", "specificationId", "executionResults", "execute", "reviewer"];

    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static ReviewBody Read(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, Members);
        ReviewBody read = new()
        {
            Program = SubmissionReader.Read(fields),
            Specifications = fields.Object("specifications", ContentReader.DocumentMembers) is { } content ? ContentReader.Read(content) : null,
            SpecificationId = fields.Text("specificationId"),
            Results = ReviewResultsReader.Read(fields, errors),
            Execute = fields.Flag("execute") ?? false,
            Reviewer = fields.Text("reviewer"),
        };
        if (read.Results.Count + (read.Execute ? 1 : 0) > 1)
        {
            errors.Add("executionResults", "Send one of validationId, executionId, testResults, or 'execute': true.");
        }

        errors.ThrowIfAny();
        return read;
    }
}

internal sealed record ReviewBody
{
    public required Submission Program { get; init; }

    public SubmittedContent? Specifications { get; init; }

    public string? SpecificationId { get; init; }

    public required ReviewResults Results { get; init; }

    public bool Execute { get; init; }

    public string? Reviewer { get; init; }
}
