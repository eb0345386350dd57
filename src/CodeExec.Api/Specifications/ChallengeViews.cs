using System.Text.Json.Serialization;
using CodeExec.Api.Grading;
using CodeExec.Core.Specifications;

namespace CodeExec.Api.Specifications;

internal sealed record ChallengeView(
    string Id,
    int Version,
    string Title,
    string Description,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    int TestCount,
    int HiddenCount)
{
    /// <summary>Of challenges that count attempts.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public AttemptRulesView? Attempts { get; init; }

    /// <summary>From here on: not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ChallengeSpecificationsView? Specifications { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TestCaseView>? TestCases { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RuleView>? ValidationRules { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CheckerView? Checker { get; init; }

    public static ChallengeView Abridged(Challenge one) => new(
        one.Id, one.Version, one.Title, one.Description, one.CreatedAt, one.UpdatedAt, one.Content.Tests.Count, one.Content.Tests.Count(test => test.Hidden == true))
    {
        Attempts = AttemptRulesView.Of(one.Attempts),
    };

    /// <param name="author">May see hidden tests.</param>
    public static ChallengeView Whole(Challenge one, bool author) => Abridged(one) with
    {
        Specifications = new(RequirementView.Of(one.Content), CriterionView.Of(one.Content)),
        TestCases = TestCaseView.Of(one.Content, author),
        ValidationRules = RuleView.Of(one.Content),
        Checker = one.Content.Suite.Checker is { } checker ? CheckerView.Of(checker, author) : null,
    };
}

internal sealed record ChallengeSpecificationsView(IReadOnlyList<RequirementView> Requirements, IReadOnlyList<CriterionView> AcceptanceCriteria);

internal sealed record ChallengeListView(IReadOnlyList<ChallengeView> Items, string? Cursor);
