using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Problems;

namespace CodeExec.Api.Grading;

/// <summary>The body of a problem: its shape only.</summary>
internal static class ProblemReader
{
    private static readonly HashSet<string> Members = ["id", "title", "statement", "languages", "limits", "labels", .. SuiteReader.Members];

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

        ProblemDraft draft = new()
        {
            Id = id ?? own,
            Title = fields.Text("title"),
            Statement = fields.Text("statement"),
            Languages = fields.TextList("languages"),
            Limits = Limits(fields.Object("limits", null)),
            Labels = fields.TextMap("labels"),
            Suite = SuiteReader.Read(fields),
        };
        errors.ThrowIfAny();
        return draft;
    }

    /// <summary>Limits by language.</summary>
    public static Dictionary<string, SubmittedLimits>? Limits(JsonFields? byLanguage)
        => byLanguage?.Names.ToDictionary(language => language, language => SubmissionReader.Limits(byLanguage, language) ?? new(), StringComparer.Ordinal);
}
