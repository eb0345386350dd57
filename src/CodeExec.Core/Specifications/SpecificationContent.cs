using System.Text.Json.Serialization;
using CodeExec.Core.Grading.Submitting;

namespace CodeExec.Core.Specifications;

/// <summary>What an implementation is measured against. A run keeps its own copy, so that later changes do not touch it.</summary>
public sealed record SpecificationContent
{
    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    public IReadOnlyList<AcceptanceCriterion> Criteria { get; init; } = [];

    public IReadOnlyList<ValidationRule> Rules { get; init; } = [];

    /// <summary>As it was sent and found to be right; each test has an id. Tests link to requirements, and to criteria, by their ids.</summary>
    public SubmittedSuite Suite { get; init; } = new() { Tests = [] };

    /// <summary>By test id: the files and functions that a test depends on. One that is not here depends on all of the program.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Covers { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    [JsonIgnore]
    public IReadOnlyList<SubmittedTest> Tests => Suite.Tests ?? [];

    /// <summary>No test and no rule says which requirements it is for: each then counts for all of them.</summary>
    [JsonIgnore]
    public bool IsUnlinked
        => Requirements.Count > 0 && Tests.All(test => test.RequirementIds is not { Count: > 0 }) && Rules.All(rule => rule.RequirementIds.Count == 0);

    /// <summary>The same with some of its tests.</summary>
    public SpecificationContent WithTests(Func<SubmittedTest, bool> which) => this with { Suite = Suite with { Tests = [.. Tests.Where(which)] } };

    /// <summary>What is for these requirements (or criteria), and nothing else.</summary>
    public SpecificationContent For(IReadOnlyCollection<string> ids)
    {
        HashSet<string> names = new(ids, StringComparer.Ordinal);
        HashSet<string> requirements = [.. names, .. Criteria.Where(one => names.Contains(one.Id) && one.RequirementId is not null).Select(one => one.RequirementId!)];
        names.UnionWith(Criteria.Where(one => one.RequirementId is { } requirement && ids.Contains(requirement)).Select(one => one.Id));
        return this with
        {
            Requirements = [.. Requirements.Where(one => requirements.Contains(one.Id))],
            Criteria = [.. Criteria.Where(one => names.Contains(one.Id))],
            Rules = [.. Rules.Where(rule => rule.RequirementIds.Any(names.Contains))],
            Suite = Suite with { Tests = [.. Tests.Where(test => IsUnlinked || test.RequirementIds?.Any(names.Contains) == true)] },
        };
    }
}
