using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;

namespace CodeExec.Core.Suggestions;

/// <summary>All that tests are suggested from. Nothing in it that who asks may not see.</summary>
public sealed record SuggestionRequest
{
    public const int MostSuggestions = 100, UsualSuggestions = 20;

    public IReadOnlyList<Requirement> Requirements { get; init; } = [];

    public IReadOnlyList<AcceptanceCriterion> Criteria { get; init; } = [];

    /// <summary>A problem's statement, a specification's description; Markdown.</summary>
    public string? Statement { get; init; }

    public IReadOnlyList<KnownTest> Tests { get; init; } = [];

    public string? Language { get; init; }

    /// <summary>A program that is meant to do it; may be none.</summary>
    public IReadOnlyList<SourceFile> Files { get; init; } = [];

    /// <summary>How many are wanted at most.</summary>
    public int Count { get; init; } = UsualSuggestions;

    /// <summary>Requirements of which no test shows anything, in their order.</summary>
    public IReadOnlyList<string> Uncovered()
    {
        // Where no test says what it is for, each counts for all.
        if (Tests.Count > 0 && Tests.All(test => test.RequirementIds.Count == 0))
        {
            return [];
        }

        HashSet<string> named = new(Tests.SelectMany(test => test.RequirementIds), StringComparer.Ordinal);
        named.UnionWith(Criteria.Where(one => named.Contains(one.Id) && one.RequirementId is not null).Select(one => one.RequirementId!));
        return [.. Requirements.Where(one => !named.Contains(one.Id)).Select(one => one.Id)];
    }

    /// <summary>The requirement that an id stands for, of itself or of one of its criteria.</summary>
    public string RequirementOf(string id) => Criteria.FirstOrDefault(one => one.Id == id)?.RequirementId ?? id;
}

/// <summary>A test that is there.</summary>
/// <param name="Stdin">Null where it may not be seen, or is no text.</param>
public sealed record KnownTest(string Id, string? Stdin, IReadOnlyList<string> Args, string? Expected, IReadOnlyList<string> RequirementIds);
