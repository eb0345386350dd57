using CodeExec.Core.Suggestions;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Core.Tests.Suggestions;

public sealed class SuggestionServiceTests
{
    private static readonly SuggestionRequest Request = new()
    {
        Requirements = [new("R1", "adds"), new("R2", "prints \"0\" for \"0 0\""), new("R3", "between 1 and 9")],
        Tests = [new KnownTest("R2-example", "3 4", [], "7", ["R1"])],
    };

    [Fact]
    public async Task SuggestAsync_RequirementsWithoutTests_ComeFirstInTurns()
    {
        TestSuggestions suggestions = await SuggestAsync(Request);

        Assert.Equal(["R2", "R3"], suggestions.Uncovered);
        Assert.Equal(["R2", "R3"], suggestions.Tests.Take(2).Select(one => one.RequirementIds[0]).Order());
        Assert.Equal("R2-example-2", suggestions.Tests.Single(one => one.Stdin == "0 0").Id); // the other one is taken
    }

    [Fact]
    public async Task SuggestAsync_Twice_IsTheSame()
        => Assert.Equal((await SuggestAsync(Request)).Tests.Select(one => one.ToString()), (await SuggestAsync(Request)).Tests.Select(one => one.ToString()));

    [Fact]
    public async Task SuggestAsync_Doubles_AreLeftOut()
    {
        TestSuggestions suggestions = await SuggestAsync(Request, new Fixed([Of("3 4\n"), Of("5 6"), Of("5 6 "), Of("0 0")]));

        Assert.Equal(["0 0", "5 6"], suggestions.Tests.Where(one => one.Source == "oracle").Select(one => one.Stdin).Order());
        Assert.Equal(suggestions.Tests.Count, suggestions.Tests.Select(one => one.Id).Distinct().Count());
        Assert.Single(suggestions.Tests, one => one.Stdin == "0 0");
    }

    [Fact]
    public async Task SuggestAsync_Count_IsTheMost()
        => Assert.Equal(2, (await SuggestAsync(Request with { Count = 2 })).Tests.Count);

    [Fact]
    public async Task SuggestAsync_SuggesterIsAway_RulesSuggestAndSayWhy()
    {
        TestSuggestions suggestions = await SuggestAsync(Request, new Fixed(null));

        Assert.Equal("rules", suggestions.Suggester);
        Assert.Contains("it sleeps", suggestions.Degraded, StringComparison.Ordinal);
        Assert.NotEmpty(suggestions.Tests);
    }

    private static SuggestedTest Of(string stdin) => new() { Id = "not an id!", Name = "n", Kind = "other", Why = "w", Stdin = stdin, Source = "oracle" };

    private static Task<TestSuggestions> SuggestAsync(SuggestionRequest request, ITestSuggester? first = null)
        => new SuggestionService(first is null ? [new RulesSuggester()] : [first, new RulesSuggester()], NullLogger<SuggestionService>.Instance).SuggestAsync(request, null, CancellationToken.None);

    private sealed class Fixed(IReadOnlyList<SuggestedTest>? tests) : ITestSuggester
    {
        public string Name => "oracle";

        public Task<SuggesterAnswer> SuggestAsync(SuggestionRequest request, CancellationToken cancellationToken)
            => tests is null ? throw new SuggesterUnavailableException(Name, "it sleeps") : Task.FromResult(new SuggesterAnswer(tests));
    }
}
