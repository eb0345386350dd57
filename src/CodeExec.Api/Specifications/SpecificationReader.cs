using System.Text.Json;
using CodeExec.Api.Grading;
using CodeExec.Api.Requests;
using CodeExec.Core.Specifications.Submitting;

namespace CodeExec.Api.Specifications;

/// <summary>The bodies of specifications and challenges: their shape only.</summary>
internal static class SpecificationReader
{
    /// <summary>What only we can say: passed over, so that what GET shows can be changed and sent back.</summary>
    private static readonly HashSet<string> Shown = ["id", "createdAt", "updatedAt", "testCount", "hiddenCount"];

    private static readonly HashSet<string> Members = ["name", "description", "design", "tasks", "version", .. Shown, "requirementCount", .. ContentReader.Members];

    private static readonly HashSet<string> TaskMembers = ["id", "title", "description", "requirementIds", "specificationId"];

    private static readonly HashSet<string> ChallengeMembers = ["title", "description", "specifications", "version", .. Shown, "testCases", "validationRules", "checker", "attempts"];

    private static readonly HashSet<string> NestedMembers = ["requirements", "acceptanceCriteria"];

    /// <returns>With the version that the client has seen, if it says so.</returns>
    /// <exception cref="Problems.RequestRefusedException">Members of a wrong type, or that do not exist.</exception>
    public static (SubmittedSpecification Specification, long? Version) Specification(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, Members);
        SubmittedSpecification specification = new()
        {
            Name = fields.Text("name"),
            Description = fields.Text("description"),
            Design = fields.TextOrJson("design"),
            Tasks = fields.Objects("tasks", TaskMembers)?.Select(task => new SubmittedTask(task.Text("id"), task.Text("title"), task.Text("description"), task.TextList("requirementIds"))).ToList(),
            Content = ContentReader.Read(fields),
        };
        long? version = fields.Integer("version");
        errors.ThrowIfAny();
        return (specification, version);
    }

    /// <summary>Requirements and criteria stand below "specifications", the rest beside it.</summary>
    /// <inheritdoc cref="Specification"/>
    public static (SubmittedChallenge Challenge, long? Version) Challenge(JsonElement body)
    {
        FieldErrors errors = new();
        JsonFields fields = new(body, "", errors, ChallengeMembers);
        SubmittedContent content = ContentReader.Read(fields);
        if (fields.Object("specifications", NestedMembers) is { } nested)
        {
            SubmittedContent specified = ContentReader.Read(nested);
            content = content with { Requirements = specified.Requirements, AcceptanceCriteria = specified.AcceptanceCriteria };
        }

        SubmittedChallenge challenge = new(fields.Text("title"), fields.Text("description"), content, ProblemReader.Attempts(fields));
        long? version = fields.Integer("version");
        errors.ThrowIfAny();
        return (challenge, version);
    }
}
