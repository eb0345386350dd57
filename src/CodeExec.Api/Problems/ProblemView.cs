using System.Text.Json.Serialization;
using CodeExec.Api.Grading;

namespace CodeExec.Api.Problems;

/// <summary>application/problem+json.</summary>
internal sealed record ProblemView(string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors, string? RequestId)
{
    /// <summary>Where a student stands whose attempt was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttemptStandingView? Attempts { get; init; }

    public static ProblemView From(Problem problem)
        => new(problem.Type.Uri, problem.Type.Title, problem.Type.Status, problem.Detail, problem.Errors, problem.RequestId) { Attempts = AttemptStandingView.Of(problem.Attempts) };
}

/// <summary>A problem that an existing Codebae client understands too.</summary>
internal sealed record CodebaeProblemView(
    string Type, string Title, int Status, string Detail, IReadOnlyDictionary<string, string[]>? Errors, string? RequestId, bool Success, string Output, string Error)
{
    public static CodebaeProblemView From(Problem problem)
        => new(problem.Type.Uri, problem.Type.Title, problem.Type.Status, problem.Detail, problem.Errors, problem.RequestId, false, "", PlainText.Of(problem));
}

/// <summary>Piston's way to say no.</summary>
internal sealed record PistonProblemView(string Message);

/// <summary>A problem in one line, for formats that have no place for more.</summary>
internal static class PlainText
{
    public static string Of(Problem problem)
        => problem.Errors is { Count: > 0 } errors ? string.Join("; ", errors.Select(e => $"{e.Key}: {string.Join(", ", e.Value)}")) : problem.Detail;
}
