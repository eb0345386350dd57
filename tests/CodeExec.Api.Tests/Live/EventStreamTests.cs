using System.Net;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Tests.Live;

public sealed class EventStreamTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Events_OfAnEndedExecution_AreAllToldAndTheStreamEnds()
    {
        string id = await _host.SubmitAsync("one\ntwo\n");

        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{id}/events");
        List<SseEvent> events = await viewer.AllAsync();

        Assert.Equal("text/event-stream", viewer.ContentType);
        Assert.Equal(["status", "progress", "status", "progress", "log", "log", "status", "progress", "result"], events.Select(one => one.Name));
        Assert.Equal([1, 1, 2, 2, 3, 4, 5, 5, 6], events.Select(one => one.Id));
        Assert.All(events, one =>
        {
            Assert.Equal(id, one.Data.GetProperty("executionId").GetString());
            Assert.Equal(one.Id, one.Data.GetProperty("sequence").GetInt64());
            Assert.True(one.Data.TryGetProperty("timestamp", out _));
        });
        Assert.Equal(["executionId", "sequence", "timestamp", "status", "metadata"], events[2].Data.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["executionId", "sequence", "timestamp", "step", "current", "total", "percentage", "message"], events[3].Data.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["executionId", "sequence", "timestamp", "level", "source", "step", "message", "nodeId", "metadata"], events[4].Data.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["executionId", "sequence", "timestamp", "result"], events[^1].Data.EnumerateObject().Select(member => member.Name));
        Assert.Equal("running", events[2].Data.GetProperty("status").GetString());
        Assert.Equal(66.7, events[3].Data.GetProperty("percentage").GetDouble());
        Assert.Equal("one", events[4].Data.GetProperty("message").GetString());
        Assert.Equal("run", events[4].Data.GetProperty("nodeId").GetString());
        Assert.Equal("one\ntwo\n", events[^1].Data.GetProperty("result").GetProperty("run").GetProperty("stdout").GetString());
    }

    [Fact]
    public async Task Events_WhileItRuns_ComeAsTheyHappen()
    {
        FeedScript script = await FeedScript.BeginAsync(_host);
        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/events");

        Assert.Equal("status", (await viewer.NextAsync())!.Name);
        Assert.Equal("progress", (await viewer.NextAsync())!.Name);
        script.Say("live");
        Assert.Equal("live", (await viewer.NextAsync())!.Data.GetProperty("message").GetString());
        script.Error("the disk is full");
        Assert.Equal("the disk is full", (await viewer.NextAsync())!.Data.GetProperty("error").GetProperty("message").GetString());
        await script.EndAsync();
        Assert.Equal("result", (await viewer.NextAsync())!.Name);
        Assert.Null(await viewer.NextAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Stream_ResumedAfterASequence_MissesAndRepeatsNothing(int after)
    {
        string id = await _host.SubmitAsync("one\ntwo\n");

        using SseClient byQuery = await SseClient.OpenAsync(_host, $"/api/executions/{id}/logs/stream?after={after}");
        using SseClient byHeader = await SseClient.OpenAsync(_host, $"/api/executions/{id}/logs/stream?after=0", null, ("Last-Event-ID", $"{after}"));

        IEnumerable<long> rest = Enumerable.Range(after + 1, 6 - after).Select(i => (long)i);
        Assert.Equal(rest, (await byQuery.AllAsync()).Select(one => one.Id));
        Assert.Equal(rest, (await byHeader.AllAsync()).Select(one => one.Id));
    }

    [Fact]
    public async Task Stream_BrowserComesBackAfterTheLastEvent_IsToldToStayAway()
    {
        string id = await _host.SubmitAsync("one\n");

        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{id}/events", null, ("Last-Event-ID", "5"));

        Assert.Equal(HttpStatusCode.NoContent, viewer.Status);
    }

    [Fact]
    public async Task Stream_FromATime_BeginsThere()
    {
        string id = await _host.SubmitAsync("one\n");

        using SseClient all = await SseClient.OpenAsync(_host, $"/api/executions/{id}/logs/stream?from=2000-01-01T00:00:00Z");
        using SseClient none = await SseClient.OpenAsync(_host, $"/api/executions/{id}/logs/stream?from=2999-01-01T00:00:00%2B02:00");

        Assert.Equal(5, (await all.AllAsync()).Count);
        Assert.Empty(await none.AllAsync());
    }

    [Fact]
    public async Task Stream_OfASource_HasOnlyThat()
    {
        FeedScript script = await FeedScript.BeginAsync(_host);
        script.Say("out");
        script.Say("err", LogSource.Stderr);
        await script.EndAsync();

        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/logs/stream?source=stderr");

        SseEvent only = Assert.Single(await viewer.AllAsync());
        Assert.Equal("log", only.Name);
        Assert.Equal("""{"sequence":3,""", only.Data.GetRawText()[..14]);
        Assert.Equal("error", only.Data.GetProperty("level").GetString());
    }

    [Theory]
    [InlineData("?after=-1", "after")]
    [InlineData("?after=abc", "after")]
    [InlineData("?from=yesterday", "from")]
    [InlineData("?level=fatal", "level")]
    public async Task Stream_BadQuery_Is400(string query, string field)
    {
        string id = await _host.SubmitAsync();

        (await _host.GetAsync($"/api/executions/{id}/logs/stream{query}")).IsProblem(400, "invalid-request").HasError(field);
    }

    [Fact]
    public async Task Stream_TenThousandLines_AllComeInOrder()
    {
        FeedScript script = await FeedScript.BeginAsync(_host);
        for (int i = 0; i < 10_000; i++)
        {
            script.Say($"line {i} <b>\u001b[31m");
        }

        await script.EndAsync();
        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/events?after=1");

        List<SseEvent> events = await viewer.AllAsync();
        Assert.Equal(Enumerable.Range(2, 10_001).Select(i => (long)i), events.Select(one => one.Id));
        Assert.Equal("line 9999 <b>\u001b[31m", events[^2].Data.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Stream_ControlCharacters_NeverLeaveRaw()
    {
        string id = await _host.SubmitAsync("a\u001b]0;title\u0007\r\u009bX\n");

        Answer answer = await _host.GetAsync($"/api/executions/{id}/logs/stream");

        Assert.DoesNotContain(answer.Text, c => char.IsControl(c) && c != '\n');
    }

    [Fact]
    public async Task Events_OfADeletedExecution_End()
    {
        FeedScript script = await FeedScript.BeginAsync(_host);
        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/events");
        await viewer.NextAsync();
        await script.EndAsync();
        await _host.SendAsync(HttpMethod.Delete, "/api/executions/" + script.Id);

        Assert.InRange((await viewer.AllAsync()).Count, 1, 2);
    }

    [Fact]
    public async Task Events_Status_IsTheWireName()
    {
        FeedScript script = await FeedScript.BeginAsync(_host);
        script.Status(ExecutionStatus.Timeout);
        await script.EndAsync();

        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/events?after=1");

        Assert.Equal("timeout", (await viewer.NextAsync())!.Data.GetProperty("status").GetString());
    }
}
