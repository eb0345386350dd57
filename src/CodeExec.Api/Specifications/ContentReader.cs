using CodeExec.Api.Executions;
using CodeExec.Api.Requests;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Submitting;

namespace CodeExec.Api.Specifications;

/// <summary>What an implementation shall be measured against, in a body: its shape only.</summary>
internal static class ContentReader
{
    private static readonly HashSet<string> RequirementMembers = ["id", "text", "description", "priority", "acceptanceCriteria"];

    private static readonly HashSet<string> CriterionMembers = ["id", "requirementId", "text", "given", "when", "then", "examples"];

    private static readonly HashSet<string> ExampleMembers = ["stdin", "expected"];

    private static readonly HashSet<string> RuleMembers = ["id", "type", "text", "pattern", "max", "languages", "message", "severity", "requirementIds"];

    private static readonly HashSet<string> TestMembers = [.. SuiteReader.TestMembers.Except(["group"]), "covers"];

    /// <summary>Of an object that has such content.</summary>
    public static HashSet<string> Members { get; } = ["requirements", "acceptanceCriteria", "validationRules", "testCases", "checker"];

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
        => new(one.Text("id"), one.Text("text"), one.Text("description"), one.Text("priority"), Criteria(one));

    private static List<SubmittedCriterion>? Criteria(JsonFields fields)
        => fields.ObjectsOrTexts("acceptanceCriteria", CriterionMembers, "text")?.Select(one => new SubmittedCriterion
        {
            Id = one.Text("id"),
            RequirementId = one.Text("requirementId"),
            Text = one.Text("text"),
            Given = one.Text("given"),
            When = one.Text("when"),
            Then = one.Text("then"),
            Examples = one.Objects("examples", ExampleMembers)?.Select(example => new CriterionExample(example.Text("stdin") ?? "", example.Text("expected"))).ToList(),
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
