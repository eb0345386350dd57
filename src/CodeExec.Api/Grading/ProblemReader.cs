using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems;

namespace CodeExec.Api.Grading;

/// <summary>The body of a problem: its shape only.</summary>
internal static class ProblemReader
{
    /// <summary>What only we can say of a problem: passed over, so that what GET shows can be changed and sent back.</summary>
    private static readonly HashSet<string> Shown = ["version", "testCount", "hiddenCount", "maxScore", "createdAt", "state", "checkUrl"];

    private static readonly HashSet<string> Members = ["id", "title", "statement", "languages", "limits", "harness", "labels", "attempts", .. AuthoringReader.Members, .. SuiteReader.Members, .. Shown];

    private static readonly HashSet<string> AttemptMembers = ["max", "per", "total", "pause", "countsCompileErrors", "countsFormatErrors", "countsSamples"];

    private static readonly HashSet<string> HarnessMembers = ["submission", "entry", "files"];

    private static readonly HashSet<string> TestMembers = [.. SuiteReader.TestMembers, "generate", "expectedFrom", "stdinBytes", "expectedBytes", "stdinUrl", "expectedUrl"];

    /// <param name="id">From the address; null: it stands in the body.</param>
    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static ProblemDraft Read(JsonElement body, string? id)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, Members);
        string? own = fields.Text("id");
        if (id is not null && own is not null && own != id)
        {
            errors.Add("id", "Is another than that in the address; leave it away.");
        }

        IReadOnlyList<JsonFields>? tests = fields.Objects("tests", TestMembers);
        for (int i = 0; i < tests?.Count; i++)
        {
            RefuseLoss(tests[i], "stdin", "generate", $"tests[{i}]", errors);
            RefuseLoss(tests[i], "expected", "expectedFrom", $"tests[{i}]", errors);
        }

        ProblemDraft draft = new()
        {
            Id = id ?? own,
            Title = fields.Text("title"),
            Statement = fields.Text("statement"),
            Languages = fields.TextList("languages"),
            Limits = Limits(fields.Object("limits", null)),
            Harness = Harness(fields.Object("harness", null)),
            Labels = fields.TextMap("labels"),
            Attempts = Attempts(fields),
            Authoring = AuthoringReader.Read(fields),
            Suite = SuiteReader.Read(fields, tests),
        };
        errors.ThrowIfAny();
        return draft;
    }

    public static SubmittedAttempts? Attempts(JsonFields fields)
        => fields.Object("attempts", AttemptMembers) is { } attempts
            ? new(attempts.Integer("max"), attempts.Text("per"), attempts.Integer("total"), attempts.Text("pause"), attempts.Flag("countsCompileErrors"), attempts.Flag("countsSamples"), attempts.Flag("countsFormatErrors"))
            : null;

    // GET shows long data by their address alone: sent back like that they would be gone. Those that are made are made again.
    private static void RefuseLoss(JsonFields test, string part, string made, string at, FieldErrors errors)
    {
        if (!test.Has(part) && !test.Has(made) && test.Integer(part + "Bytes") > 0)
        {
            errors.Add($"{at}.{part}", $"Is not in here: put what {part}Url gives in its place.");
        }
    }

    private static Dictionary<string, SubmittedHarness>? Harness(JsonFields? byLanguage)
        => byLanguage?.Names.ToDictionary(
            language => language,
            language => byLanguage.Object(language, HarnessMembers) is { } one
                ? new SubmittedHarness(one.Text("submission"), one.Text("entry"), SubmissionReader.Files(one, "files"))
                : new SubmittedHarness(null, null, null),
            StringComparer.Ordinal);

    /// <summary>Limits by language.</summary>
    public static Dictionary<string, SubmittedLimits>? Limits(JsonFields? byLanguage)
        => byLanguage?.Names.ToDictionary(language => language, language => SubmissionReader.Limits(byLanguage, language) ?? new(), StringComparer.Ordinal);
}
