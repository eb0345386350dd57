using System.Net;
using System.Text;
using CodeExec.Cli.Tests.Doubles;
using CodeExec.Client;

namespace CodeExec.Cli.Tests.Client;

public sealed class CodeExecClientTests : IAsyncLifetime
{
    private static readonly ExecutionRequest Hello = new() { Language = "python", Code = "print(1)" };

    private readonly InstantClock _clock = new();
    private FakeServer _server = null!;

    public async Task InitializeAsync() => _server = await FakeServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task SubmitAsync_ServerIsBusy_WaitsAsLongAsItWasToldAndRepeatsUnderTheSameKey()
    {
        _server.Refusals.Enqueue(Refusal.Busy(retryAfterSeconds: 7));
        _server.Refusals.Enqueue(new Refusal(503, "{}", RetryAfterSeconds: 2));

        Execution execution = await Client().SubmitAsync(Hello, null, CancellationToken.None);

        Assert.Equal(FakeServer.Id, execution.Id);
        Assert.Equal([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(2)], _clock.Delays);
        Assert.Equal(3, _server.Requests.Count);
        Assert.Single(_server.Requests.Select(r => r.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task SubmitAsync_TwoCalls_HaveKeysOfTheirOwn()
    {
        await Client().SubmitAsync(Hello, null, CancellationToken.None);
        await Client().SubmitAsync(Hello, null, CancellationToken.None);

        Assert.Equal(2, _server.Requests.Select(r => r.Headers["Idempotency-Key"]).Distinct().Count());
    }

    [Fact]
    public async Task SubmitAsync_KeyIsGiven_IsSent()
    {
        await Client().SubmitAsync(Hello, new SubmitOptions { IdempotencyKey = "mine", Wait = TimeSpan.FromSeconds(5) }, CancellationToken.None);

        RecordedRequest request = Assert.Single(_server.Requests);
        Assert.Equal("mine", request.Headers["Idempotency-Key"]);
        Assert.Equal("?wait=5", request.Query);
    }

    [Fact]
    public async Task SubmitAsync_BusyBeyondPatience_ThrowsWithRetryAfter()
    {
        _server.Refusals.Enqueue(Refusal.Busy(retryAfterSeconds: 3600));

        CodeExecException refused = await Assert.ThrowsAsync<CodeExecException>(() => Client().SubmitAsync(Hello, null, CancellationToken.None));

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.Status);
        Assert.Equal(TimeSpan.FromHours(1), refused.RetryAfter);
        Assert.True(refused.IsTransient);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task SubmitAsync_AlwaysBusy_GivesUpAfterItsAttempts()
    {
        foreach (int _ in Enumerable.Range(0, 10))
        {
            _server.Refusals.Enqueue(Refusal.Busy());
        }

        await Assert.ThrowsAsync<CodeExecException>(() => Client().SubmitAsync(Hello, null, CancellationToken.None));

        Assert.Equal(4, _server.Requests.Count);
    }

    [Fact]
    public async Task SubmitAsync_Refused_CarriesTheWholeProblemAndIsNotRepeated()
    {
        _server.Refusals.Enqueue(new Refusal(400, """
            {"type":"https://codeexec.dev/problems/validation","title":"Not valid","detail":"See the errors.","errors":{"limits.memoryMb":["At most 4096."]}}
            """));

        CodeExecException refused = await Assert.ThrowsAsync<CodeExecException>(() => Client().SubmitAsync(Hello, null, CancellationToken.None));

        Assert.Equal(HttpStatusCode.BadRequest, refused.Status);
        Assert.Equal("https://codeexec.dev/problems/validation", refused.Type);
        Assert.Equal("Not valid", refused.Title);
        Assert.Equal("See the errors.", refused.Detail);
        Assert.Equal(["At most 4096."], refused.Errors["limits.memoryMb"]);
        Assert.False(refused.IsTransient);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task GetAsync_AnswerIsAPageOfSomeProxy_SaysThatThisIsNotTheApi()
    {
        _server.Refusals.Enqueue(new Refusal(200, "<html>"));

        CodeExecException refused = await Assert.ThrowsAsync<CodeExecException>(() => Client().GetAsync(FakeServer.Id, CancellationToken.None));

        Assert.Contains("Check the server's address", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetAsync_NobodyListens_ThrowsAtOnceWithoutStatus()
    {
        using HttpClient nowhere = new() { BaseAddress = new Uri("http://127.0.0.1:1/") };

        CodeExecException failed = await Assert.ThrowsAsync<CodeExecException>(
            () => new CodeExecClient(nowhere, null, _clock).GetAsync("x", CancellationToken.None));

        Assert.Null(failed.Status);
        Assert.Empty(_clock.Delays);
    }

    [Fact]
    public async Task GetAsync_WithAKey_SendsItAsBearer()
    {
        await Client(new CodeExecClientOptions { ApiKey = "k-123" }).GetAsync(FakeServer.Id, CancellationToken.None);

        Assert.Equal("Bearer k-123", Assert.Single(_server.Requests).Headers["Authorization"]);
    }

    [Fact]
    public async Task GetAsync_EndedExecution_IsReadWhole()
    {
        _server.Result = Executions.Ended("timeout", """{"kind":"limitExceeded","exitCode":null,"signal":9,"limit":"cpuTime"}""");

        Execution execution = await Client().GetAsync(FakeServer.Id, CancellationToken.None);

        Assert.Equal(ExecutionStatus.Timeout, execution.Status);
        Assert.Equal(new ExecutionOutcome(OutcomeKind.LimitExceeded, null, 9, LimitKind.CpuTime), execution.Outcome);
        Assert.Equal(new ExecutionTimings(1, 0, 10), execution.Timings);
        Assert.Equal("cs101", execution.Labels["course"]);
        Assert.True(execution.HasEnded);
    }

    [Fact]
    public async Task RunAsync_EndsWithinTheWait_NeedsOneRequest()
    {
        _server.Result = Executions.Exited(0, "1\n");

        Execution execution = await Client().RunAsync(Hello, CancellationToken.None);

        Assert.Equal("1\n", execution.Run?.Stdout);
        Assert.Equal("?wait=60", Assert.Single(_server.Requests).Query);
    }

    [Fact]
    public async Task RunAsync_TakesLongerThanTheWait_FollowsToTheEnd()
    {
        _server.RunsUntilStopped = true;
        Task<Execution> running = Client().RunAsync(Hello, CancellationToken.None);
        await Client().StopAsync(FakeServer.Id, CancellationToken.None);

        Assert.Equal(ExecutionStatus.Cancelled, (await running).Status);
    }

    [Fact]
    public async Task ListAsync_EveryFilter_IsInTheQuery()
    {
        _server.Documents["/api/executions"] = $$"""{"items":[{{Executions.Exited(0)}}],"cursor":"next"}""";

        ExecutionPage page = await Client().ListAsync(
            new ExecutionQuery
            {
                Status = ExecutionStatus.Completed, Language = "c++", Label = "a:b c", Limit = 5, Cursor = "x/y",
                From = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            },
            CancellationToken.None);

        Assert.Equal("next", page.Cursor);
        Assert.Equal(FakeServer.Id, Assert.Single(page.Items).Id);
        Assert.Equal(
            "?status=completed&language=c%2B%2B&label=a%3Ab%20c&from=2026-01-02T03%3A04%3A05.0000000Z&limit=5&cursor=x%2Fy",
            Assert.Single(_server.Requests).Query);
    }

    [Fact]
    public async Task GetArtifactAsync_OddNames_AreEscapedAndTheBytesComeAsTheyAre()
    {
        byte[] bytes = [0, 255, 10, 13];
        _server.Artifacts["out/a b#?.bin"] = bytes;

        await using Stream content = await Client().GetArtifactAsync(FakeServer.Id, "out/a b#?.bin", CancellationToken.None);
        using MemoryStream read = new();
        await content.CopyToAsync(read);

        Assert.Equal(bytes, read.ToArray());
    }

    [Fact]
    public async Task GetHealthAsync_ServerIsUnwell_IsAnAnswer()
    {
        _server.Refusals.Enqueue(new Refusal(503, """{"status":"unhealthy"}"""));

        ServerHealth health = await Client().GetHealthAsync(CancellationToken.None);

        Assert.False(health.IsWorking);
        Assert.Equal("unhealthy", health.Status);
    }

    [Fact]
    public void SourceFile_BytesThatAreNotText_AreSentAsBase64()
    {
        Assert.Equal("utf8", SourceFile.FromBytes("a", Encoding.UTF8.GetBytes("ä\0")).Encoding);
        Assert.Equal(new SourceFile("a", "/w==", "base64"), SourceFile.FromBytes("a", [255]));
    }

    private CodeExecClient Client(CodeExecClientOptions? options = null) => new(_server.Http, options, _clock);
}
