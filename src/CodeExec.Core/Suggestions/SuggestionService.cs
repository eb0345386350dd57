using CodeExec.Core.Specifications.Submitting;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Suggestions;

/// <summary>Has tests suggested by who was asked, with the rules beside; or by rules alone when nobody else can. Keeps nothing.</summary>
public sealed class SuggestionService(IEnumerable<ITestSuggester> suggesters, ILogger<SuggestionService> logger)
{
    private readonly ITestSuggester[] _suggesters = [.. suggesters];

    /// <summary>The first is who suggests unless another is asked for.</summary>
    public IReadOnlyList<string> Names => [.. _suggesters.Select(one => one.Name)];

    /// <param name="suggester">One of <see cref="Names"/>; null: the first.</param>
    public async Task<TestSuggestions> SuggestAsync(SuggestionRequest request, string? suggester, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ITestSuggester asked = suggester is null ? _suggesters[0] : _suggesters.First(one => one.Name == suggester);
        IReadOnlyList<SuggestedTest> byRules = RulesSuggester.Suggest(request);
        SuggesterAnswer answer = new([]);
        string? degraded = null;
        if (asked is not RulesSuggester)
        {
            try
            {
                answer = await asked.SuggestAsync(request, cancellationToken);
            }
            catch (SuggesterUnavailableException e)
            {
                logger.SuggesterUnavailable(e.Suggester, e.Reason);
                degraded = $"The suggester '{e.Suggester}' could not be had ({e.Reason}): these are by rules alone.";
            }
        }

        IReadOnlyList<string> uncovered = request.Uncovered();
        IEnumerable<SuggestedTest> fresh = WithoutDoubles([.. answer.Tests, .. byRules], request.Tests);
        return new(
            degraded is null ? asked.Name : RulesSuggester.SuggesterName,
            answer.Model,
            degraded,
            WithOwnIds([.. InOrder(fresh, request, uncovered).Take(request.Count)], request.Tests),
            uncovered);
    }

    private static IEnumerable<SuggestedTest> WithoutDoubles(IReadOnlyList<SuggestedTest> all, IReadOnlyList<KnownTest> known)
    {
        HashSet<string> seen = new(known.Where(test => test.Stdin is not null).Select(test => KeyOf(test.Stdin!, test.Args)), StringComparer.Ordinal);
        return all.Where(one => one.Kind == SuggestionKinds.Open || seen.Add(KeyOf(one.Stdin, one.Args)));
    }

    // White space at the end of an input makes no other test of it.
    private static string KeyOf(string stdin, IReadOnlyList<string> args) => string.Join('\0', [stdin.TrimEnd(), .. args]);

    /// <summary>One for each requirement without a test, then a second for each; then the others. What is still open comes last of its turn.</summary>
    private static IEnumerable<SuggestedTest> InOrder(IEnumerable<SuggestedTest> tests, SuggestionRequest request, IReadOnlyList<string> uncovered)
    {
        Dictionary<string, int> turns = uncovered.ToDictionary(id => id, _ => 0, StringComparer.Ordinal);
        List<(SuggestedTest Test, int Turn)> ranked = [];
        foreach (SuggestedTest test in tests.OrderBy(one => one.Kind == SuggestionKinds.Open)) // stable
        {
            string? shows = test.RequirementIds.Select(request.RequirementOf).FirstOrDefault(turns.ContainsKey);
            ranked.Add((test, shows is null ? int.MaxValue : turns[shows]++));
        }

        return ranked.OrderBy(one => one.Turn).Select(one => one.Test);
    }

    private static List<SuggestedTest> WithOwnIds(IReadOnlyList<SuggestedTest> tests, IReadOnlyList<KnownTest> known)
    {
        HashSet<string> taken = new(known.Select(test => test.Id), StringComparer.Ordinal);
        List<SuggestedTest> all = [];
        foreach (SuggestedTest test in tests)
        {
            string wanted = SpecificationIds.AreValid(test.Id) ? test.Id : test.Kind, id = wanted;
            for (int number = 2; !taken.Add(id) || !SpecificationIds.AreValid(id); number++)
            {
                id = $"{wanted[..Math.Min(wanted.Length, 56)]}-{number}";
            }

            all.Add(test with { Id = id });
        }

        return all;
    }
}
