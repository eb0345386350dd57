using CodeExec.Contracts.Time;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Suggestions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Reviews.Claude.Tests;

public sealed class ClaudeSuggesterTests : IDisposable
{
    private readonly ClaudeDouble _claude = new();
    private readonly ClaudeOptions _options = new() { ApiKey = "key-of-the-tests", BaseUrl = new Uri("http://claude.test/"), Attempts = 1 };
    private readonly ClaudeMessages _messages;

    public ClaudeSuggesterTests() => _messages = new(Options.Create(_options), new ManualTimeProvider(), NullLogger<ClaudeMessages>.Instance, _claude, () => 0.5);

    public void Dispose()
    {
        _messages.Dispose();
        _claude.Dispose();
    }

    [Fact]
    public async Task SuggestAsync_Answer_IsReadIntoTests()
    {
        _claude.Says("""
            Gladly: {"tests":[{"name":"two\nlines","stdin":"1 2\n","args":["x"],"expected":"3\n","requirementIds":["R1","R9","R1"],"kind":"boundary","why":"It adds."},
            {"name":"open","stdin":"","expected":null,"kind":"magic","why":"No input."}]}
            """);

        SuggesterAnswer answer = await SuggestAsync(Request());

        Assert.Equal("claude-sonnet-4-5", answer.Model);
        Assert.Equal(("two lines", "1 2\n", "3\n", "claude", "boundary", "claude"), (answer.Tests[0].Name, answer.Tests[0].Stdin, answer.Tests[0].Expected, answer.Tests[0].ExpectedFrom, answer.Tests[0].Kind, answer.Tests[0].Source));
        Assert.Equal(["R1"], answer.Tests[0].RequirementIds); // there is no R9
        Assert.Equal((null, null, "other"), (answer.Tests[1].Expected, answer.Tests[1].ExpectedFrom, answer.Tests[1].Kind));
    }

    [Theory]
    [InlineData("1")]
    [InlineData("null")]
    [InlineData("{\"stdin\": \"1\", \"why\": \"w\"}")]
    [InlineData("{\"stdin\": \"1\", \"name\": \"n\"}")]
    [InlineData("{\"name\": \"n\", \"why\": \"w\"}")]
    [InlineData("{\"stdin\": 1, \"name\": \"n\", \"why\": \"w\"}")]
    [InlineData("{\"stdin\": \"\\ud800\", \"name\": \"n\", \"why\": \"w\"}")]
    [InlineData("{\"stdin\": \"\\u0000\", \"name\": \"n\", \"why\": \"w\"}")]
    [InlineData("{\"stdin\": \"1\", \"args\": [1], \"name\": \"n\", \"why\": \"w\"}")]
    public async Task SuggestAsync_TestThatIsNoTest_IsLeftOut(string odd)
    {
        _claude.Says($$"""{"tests": [{{odd}}, {"stdin": "7", "name": "n", "why": "w"}]}""");

        Assert.Equal("7", Assert.Single((await SuggestAsync(Request())).Tests).Stdin);
    }

    [Fact]
    public async Task SuggestAsync_MoreAndLargerThanAsked_IsBounded()
    {
        string large = new('x', 9000), many = string.Join(',', Enumerable.Range(0, 500).Select(i => $$"""{"stdin": "{{i}}", "name": "n", "why": "w"}"""));
        _claude.Says($$"""{"tests": [{"stdin": "{{large}}", "name": "n", "why": "w"}, {{many}}]}""");

        Assert.Equal(["0", "1"], (await SuggestAsync(Request() with { Count = 3 })).Tests.Select(one => one.Stdin));
    }

    [Fact]
    public async Task SuggestAsync_SecretsAndTestsThatMayNotBeSeen_NeverLeave()
    {
        const string Canary = "hunter2-canary-value";
        _claude.Says("""{"tests":[]}""");

        await SuggestAsync(Request() with
        {
            Statement = $"token: \"{Canary}\"",
            Files = [SourceFile.Read("main.py", "python", $"password = \"{Canary}\"\n")],
            Tests = [new KnownTest("seen", "5 6", [], "11", ["R1"]), new KnownTest("hidden-id", null, [], null, ["R1"])],
        });

        string sent = Assert.Single(_claude.Requests).Body;
        Assert.Contains("5 6", sent, StringComparison.Ordinal);
        Assert.Contains("***", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, sent, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-id", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"suggestions\": []}")]
    [InlineData("{\"tests\": 1}")]
    [InlineData("I would rather not.")]
    public async Task SuggestAsync_NoListOfTests_IsUnavailable(string text)
    {
        _claude.Says(text);

        Assert.Equal("claude", (await Assert.ThrowsAsync<SuggesterUnavailableException>(() => SuggestAsync(Request()))).Suggester);
        Assert.Equal(Core.Operations.DependencyHealth.Degraded, (await _messages.CheckAsync(CancellationToken.None)).Health);
    }

    [Fact]
    public async Task SuggestAsync_Busy_IsUnavailable()
    {
        _claude.Fails(529);

        Assert.Contains("529", (await Assert.ThrowsAsync<SuggesterUnavailableException>(() => SuggestAsync(Request()))).Reason, StringComparison.Ordinal);
    }

    private static SuggestionRequest Request() => new() { Requirements = [new("R1", "adds two numbers")] };

    private Task<SuggesterAnswer> SuggestAsync(SuggestionRequest request) => new ClaudeSuggester(_messages).SuggestAsync(request, CancellationToken.None);
}
