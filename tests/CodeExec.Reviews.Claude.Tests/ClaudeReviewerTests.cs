using CodeExec.Contracts.Time;
using CodeExec.Core.Grading;
using CodeExec.Core.Operations;
using CodeExec.Core.Reviews;
using CodeExec.Core.SourceCode;
using CodeExec.Core.Specifications;
using CodeExec.Core.Specifications.Compliance;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Reviews.Claude.Tests;

public sealed class ClaudeReviewerTests : IDisposable
{
    private const string Key = "key-of-the-tests";

    private const string Answer = """
        Here it is: {"requirements":[{"id":"R1","comment":"It adds."},{"id":"R9","comment":"unknown"}],"score":80,
        "edgeCases":[{"case":"overflow","status":"notCovered","comment":"No test is that large."}],"performance":["Linear."],
        "suggestions":[{"severity":"error","category":"correctness","message":"Fails on 0.","file":"main.py","line":1,"fix":"Look at 0 first."},
                       {"severity":"fatal","category":"?","message":"Odd.","line":99}]}
        """;

    private readonly ClaudeDouble _claude = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly ClaudeOptions _options = new() { ApiKey = Key, BaseUrl = new Uri("http://claude.test/") };
    private ClaudeMessages? _messages;

    private static CancellationToken None => CancellationToken.None;

    public void Dispose()
    {
        _messages?.Dispose();
        _claude.Dispose();
    }

    [Fact]
    public async Task ReviewAsync_Answer_IsReadIntoTheReview()
    {
        _claude.Says(Answer);

        CodeReview review = await Reviewer().ReviewAsync(Request(), None);

        Assert.Equal(("claude", "claude-sonnet-4-5", 80), (review.Reviewer, review.Model, review.SpecificationCompliance.Score));
        Assert.EndsWith("It adds.", Assert.Single(review.SpecificationCompliance.Details).Comment, StringComparison.Ordinal);
        Assert.Equal("Fails on 0.", review.Suggestions[0].Message);
        Assert.Equal(("main.py", 1, SuggestionSeverity.Error, SuggestionCategory.Correctness), (review.Suggestions[0].File, review.Suggestions[0].Line, review.Suggestions[0].Severity, review.Suggestions[0].Category));
        Assert.Equal((null, SuggestionSeverity.Info), (review.Suggestions[1].Line, review.Suggestions[1].Severity)); // there is no line 99
        Assert.Contains(review.ExecutionAnalysis.EdgeCases, one => one.Case == "overflow");
        (Uri address, string? key, _) = Assert.Single(_claude.Requests);
        Assert.Equal(("http://claude.test/v1/messages", Key), (address.ToString(), key));
    }

    [Fact]
    public async Task ReviewAsync_ThereAreResults_TheyDecideAndNotTheModel()
    {
        _claude.Says(Answer);
        ValidatedTest failed = new(new TestResult { Id = "t1", Verdict = Verdict.WrongAnswer, RequirementIds = ["R1"] });

        CodeReview review = await Reviewer().ReviewAsync(Request(results: [failed]), None);

        Assert.Equal((0, RequirementStatus.Failed), (review.SpecificationCompliance.Score, review.SpecificationCompliance.Details[0].Status));
        Assert.Equal("failed", review.ExecutionAnalysis.Correctness.Status);
    }

    [Fact]
    public async Task ReviewAsync_SecretsInCodeAndOutput_NeverLeave()
    {
        const string Canary = "hunter2-canary-value", Token = "ghp_0123456789abcdefghijABCDEFGHIJ";
        _claude.Says(Answer);
        ValidatedTest test = new(new TestResult { Id = "t1", Verdict = Verdict.WrongAnswer, Message = $"Authorization: Bearer {Canary}-abcdef" });
        ValidatedTest hidden = new(new TestResult { Id = "t2", Hidden = true, Verdict = Verdict.WrongAnswer, Diff = "the hidden answer" });

        await Reviewer().ReviewAsync(Request($"password = \"{Canary}\"\nx = '{Token}'\n", [test, hidden]), None);

        string sent = Assert.Single(_claude.Requests).Body;
        Assert.Contains("***", sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, sent, StringComparison.Ordinal);
        Assert.DoesNotContain(Token, sent, StringComparison.Ordinal);
        Assert.DoesNotContain("the hidden answer", sent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(529)]
    public async Task ReviewAsync_BusyOrBroken_TriesAgainLaterEachTime(int status)
    {
        _claude.Fails(status).Fails(status).Breaks().Says(Answer);

        Task<CodeReview> reviewing = Reviewer().ReviewAsync(Request(), None);
        foreach (double ms in new[] { 500, 1000, 2000 }) // jitter stands in the middle
        {
            await _clock.WhenTimersAreSetAsync(2); // the deadline, and the delay
            _clock.Advance(TimeSpan.FromMilliseconds(ms - 1));
            Assert.False(reviewing.IsCompleted);
            _clock.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal("claude", (await reviewing).Reviewer);
        Assert.Equal(4, _claude.Requests.Count);
        Assert.Single(_claude.Requests.Select(request => request.Body).Distinct());
    }

    [Fact]
    public async Task ReviewAsync_RetryAfter_IsKept()
    {
        _claude.Fails(429, TimeSpan.FromSeconds(20)).Says(Answer);

        Task<CodeReview> reviewing = Reviewer().ReviewAsync(Request(), None);
        await _clock.WhenTimersAreSetAsync(2);
        _clock.Advance(TimeSpan.FromSeconds(19));
        Assert.Single(_claude.Requests);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("claude", (await reviewing).Reviewer);
    }

    [Fact]
    public async Task ReviewAsync_BusyToTheEnd_IsUnavailableAndTheHealthSaysSo()
    {
        _options.Attempts = 1;
        _claude.Fails(529).Says(Answer);
        ClaudeReviewer reviewer = Reviewer();

        ReviewUnavailableException refused = await Assert.ThrowsAsync<ReviewUnavailableException>(() => reviewer.ReviewAsync(Request(), None));

        Assert.Contains("529", refused.Reason, StringComparison.Ordinal);
        DependencyState state = await _messages!.CheckAsync(None);
        Assert.Equal(DependencyHealth.Degraded, state.Health);
        Assert.DoesNotContain(Key, state.Detail, StringComparison.Ordinal);
        await reviewer.ReviewAsync(Request(), None);
        Assert.Equal(DependencyState.Up, await _messages!.CheckAsync(None));
    }

    [Theory]
    [InlineData(401, "key")]
    [InlineData(400, "400")]
    public async Task ReviewAsync_Refused_IsNotRepeated(int status, string reason)
    {
        _claude.Fails(status);

        ReviewUnavailableException refused = await Assert.ThrowsAsync<ReviewUnavailableException>(() => Reviewer().ReviewAsync(Request(), None));

        Assert.Contains(reason, refused.Reason, StringComparison.Ordinal);
        Assert.Single(_claude.Requests);
    }

    [Fact]
    public async Task ReviewAsync_NoAnswerInTime_IsUnavailable()
    {
        _claude.Hangs();

        Task<CodeReview> reviewing = Reviewer().ReviewAsync(Request(), None);
        await _clock.WhenTimersAreSetAsync();
        _clock.Advance(_options.Timeout);

        Assert.Contains("within 120 s", (await Assert.ThrowsAsync<ReviewUnavailableException>(() => reviewing)).Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("I would rather not.")]
    [InlineData("{\"suggestions\": [}")]
    public async Task ReviewAsync_AnswerIsNoJson_IsUnavailable(string text)
    {
        _claude.Says(text);

        await Assert.ThrowsAsync<ReviewUnavailableException>(() => Reviewer().ReviewAsync(Request(), None));
    }

    private static ReviewRequest Request(string code = "print(1)\n", IReadOnlyList<ValidatedTest>? results = null)
        => new("python", [SourceFile.Read("main.py", "python", code)], new SpecificationContent { Requirements = [new Requirement("R1", "adds two numbers")] }, results, []);

    private ClaudeReviewer Reviewer()
        => new(_messages ??= new ClaudeMessages(Options.Create(_options), _clock, NullLogger<ClaudeMessages>.Instance, _claude, () => 0.5));
}
