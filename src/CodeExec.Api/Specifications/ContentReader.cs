using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Submitting;

namespace CodeExec.Api.Specifications;

/// <summary>What an implementation shall be measured against, in a body: its shape only.</summary>
internal static class ContentReader
{
    private static readonly HashSet<string> RequirementMembers = ["id", "text", "title", "description", "priority", "acceptanceCriteria"];

    private static readonly HashSet<string> CriterionMembers = ["id", "requirementId", "text", "description", "given", "when", "then", "examples"];

    private static readonly HashSet<string> ExampleMembers = ["stdin", "input", "expected", "expectedOutput"];

    private static readonly HashSet<string> RuleMembers = ["id", "type", "text", "pattern", "max", "languages", "message", "severity", "requirementIds"];

    internal static readonly HashSet<string> TestMembers = [.. SuiteReader.TestMembers.Except(["group"]), "covers"];

    /// <summary>Of an object that has such content.</summary>
    public static HashSet<string> Members { get; } = ["requirements", "acceptanceCriteria", "validationRules", "testCases", "checker"];

    /// <summary>Of a document sent along with a program, which may be one as we gave it: what only describes it is passed over.</summary>
    public static HashSet<string> DocumentMembers { get; } =
    [
        .. Members, "id", "version", "name", "title", "description", "design", "tasks", "createdAt", "updatedAt", "requirementCount", "testCount", "hiddenCount",
    ];

    public static SubmittedContent Read(JsonFields fields)
    {
        IReadOnlyList<JsonFields>? tests = fields.Objects("testCases", TestMembers);
        return new SubmittedContent
        {
            Requirements = fields.ObjectsOrTexts("requirements", RequirementMembers, "text")?.Select(Requirement).ToList(),
            AcceptanceCriteria = Criteria(fields),
            ValidationRules = fields.Objects("validationRules", RuleMembers)?.Select(Rule).ToList(),
            TestCases = tests?.Select(SuiteReader.Test).ToList(),
            Covers = tests?.Select(test => test.TextList("covers")).ToList(),
            Checker = SuiteReader.Checker(fields),
        };
    }

    private static SubmittedRequirement Requirement(JsonFields one)
    {
        string? text = one.TextOf("text", "title"), description = one.Text("description");
        return new(one.Text("id"), text ?? description, text is null ? null : description, one.Text("priority"), Criteria(one));
    }

    private static List<SubmittedCriterion>? Criteria(JsonFields fields)
        => fields.ObjectsOrTexts("acceptanceCriteria", CriterionMembers, "text")?.Select(one => new SubmittedCriterion
        {
            Id = one.Text("id"),
            RequirementId = one.Text("requirementId"),
            Text = one.TextOf("text", "description"),
            Given = one.Text("given"),
            When = one.Text("when"),
            Then = one.Text("then"),
            Examples = one.Objects("examples", ExampleMembers)?.Select(example => new CriterionExample(example.TextOf("stdin", "input") ?? "", example.TextOf("expected", "expectedOutput"))).ToList(),
        }).ToList();

    private static SubmittedRule Rule(JsonFields rule) => new()
    {
        Id = rule.Text("id"),
        Type = rule.Text("type"),
        Text = rule.Text("text"),
        Pattern = rule.Text("pattern"),
        Max = rule.Integer("max"),
        Languages = rule.TextList("languages"),
        Message = rule.Text("message"),
        Severity = rule.Text("severity"),
        RequirementIds = rule.TextList("requirementIds"),
    };
}
