using System.Text.Json;
using System.Text.Json.Serialization;
using CodeExec.Api.Grading;
using CodeExec.Api.Hosting;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Specifications;

namespace CodeExec.Api.Specifications;

internal sealed record SpecificationView(
    string Id,
    int Version,
    string Name,
    string? Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int RequirementCount,
    int TestCount,
    int HiddenCount)
{
    /// <summary>From here on: not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonElement? Design { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TaskView>? Tasks { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RequirementView>? Requirements { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CriterionView>? AcceptanceCriteria { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleView>? ValidationRules { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TestCaseView>? TestCases { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckerView? Checker { get; init; }

    public static SpecificationView Abridged(Specification one) => new(
        one.Id, one.Version, one.Name, one.Description, one.CreatedAt, one.UpdatedAt,
        one.Content.Requirements.Count, one.Content.Tests.Count, one.Content.Tests.Count(test => test.Hidden == true));

    /// <param name="author">May see hidden tests.</param>
    public static SpecificationView Whole(Specification one, bool author) => Abridged(one) with
    {
        Design = one.Design is { } design ? DesignOf(design) : null,
        Tasks = [.. one.Tasks.Select(task => TaskView.Of(task, one))],
        Requirements = RequirementView.Of(one.Content),
        AcceptanceCriteria = CriterionView.Of(one.Content),
        ValidationRules = RuleView.Of(one.Content),
        TestCases = TestCaseView.Of(one.Content, author),
        Checker = one.Content.Suite.Checker is { } checker ? CheckerView.Of(checker, author) : null,
    };

    // As it was sent: an object, an array, or a text.
    private static JsonElement DesignOf(string design)
    {
        if (design.StartsWith('{') || design.StartsWith('['))
        {
            try
            {
                return JsonElement.Parse(design);
            }
            catch (JsonException)
            {
                // Markdown may begin so, too.
            }
        }

        return JsonSerializer.SerializeToElement(design, ApiJson.Default.String);
    }
}

internal sealed record SpecificationListView(IReadOnlyList<SpecificationView> Items, string? Cursor);

internal sealed record TaskView(string Id, string Title, string? Description, IReadOnlyList<string> RequirementIds, string SpecificationId)
{
    public static TaskView Of(SpecificationTask task, Specification owner) => new(task.Id, task.Title, task.Description, task.RequirementIds, owner.Id);
}

internal sealed record RequirementView(string Id, string Text, RequirementPriority Priority, string? Description)
{
    public static IReadOnlyList<RequirementView> Of(SpecificationContent content)
        => [.. content.Requirements.Select(one => new RequirementView(one.Id, one.Text, one.Priority, one.Description))];
}

internal sealed record CriterionView(
    string Id, string? RequirementId, string Text, string? Given, string? When, string? Then, IReadOnlyList<CriterionExample> Examples)
{
    public static IReadOnlyList<CriterionView> Of(SpecificationContent content)
        => [.. content.Criteria.Select(one => new CriterionView(one.Id, one.RequirementId, one.Text, one.Given, one.When, one.Then, one.Examples))];
}

internal sealed record RuleView(
    string Id, ValidationRuleType Type, string? Text, string? Pattern, int? Max, IReadOnlyList<string> Languages, string? Message, string Severity, IReadOnlyList<string> RequirementIds)
{
    public static IReadOnlyList<RuleView> Of(SpecificationContent content) => [.. content.Rules.Select(Of)];

    public static RuleView Of(ValidationRule rule)
        => new(rule.Id, rule.Type, rule.Text, rule.Pattern, rule.Max, rule.Languages, rule.Message, rule.IsWarning ? "warning" : "error", rule.RequirementIds);
}

internal sealed record TestCaseView(
    string Id,
    string? Name,
    bool Hidden,
    decimal Points,
    string? Stdin,
    string? Expected,
    string? Encoding,
    IReadOnlyList<string> Args,
    IReadOnlyList<SubmittedFile> Files,
    CheckerView? Checker,
    ProblemLimitsView? Limits,
    IReadOnlyList<string> RequirementIds,
    IReadOnlyList<string> Covers)
{
    public static IReadOnlyList<TestCaseView> Of(SpecificationContent content, bool author) => [.. content.Tests.Where(test => author || test.Hidden != true).Select(test => new TestCaseView(
        test.Id!,
        test.Name,
        test.Hidden ?? false,
        test.Points ?? 1,
        test.Stdin?.Text,
        test.Expected?.Text,
        test.Stdin?.Encoding ?? test.Expected?.Encoding,
        test.Args ?? [],
        test.Files ?? [],
        test.Checker is { } checker ? CheckerView.Of(checker, author) : null,
        test.Limits is { } limits ? ProblemLimitsView.Of(limits) : null,
        test.RequirementIds ?? [],
        content.Covers.GetValueOrDefault(test.Id!) ?? []))];
}
