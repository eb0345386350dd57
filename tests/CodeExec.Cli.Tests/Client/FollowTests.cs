using System.Globalization;
using System.Text.Json.Nodes;
using CodeExec.Cli.Tests.Doubles;
using CodeExec.Client;

namespace CodeExec.Cli.Tests.Client;

/// <summary>Streams over connections that break: nothing lost, nothing twice.</summary>
public sealed class FollowTests : IAsyncLifetime
{
    private readonly InstantClock _clock = new();
    private FakeServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await FakeServer.StartAsync();
        _server.Feed = [.. Enumerable.Range(1, 9).Select(n => FeedItem.Log($"line {n}")), FeedItem.Result()];
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData(new int[0])]
    [InlineData(new[] { 3 })]
    [InlineData(new[] { 0, 0, 4, 1 })]
    [InlineData(new[] { 9 })]
    public async Task FollowEventsAsync_ConnectionsBreak_EveryEventComesOnce(int[] cuts)
    {
        Array.ForEach(cuts, _server.Cuts.Enqueue);

        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), await SequencesAsync(Client()));
    }

    [Fact]
    public async Task FollowEventsAsync_Reconnecting_NamesTheLastEventItHas()
    {
        _server.Cuts.Enqueue(3);

        await SequencesAsync(Client());

        RecordedRequest[] streams = [.. _server.Requests.Where(r => r.Path.EndsWith("/events", StringComparison.Ordinal))];
        Assert.Equal(2, streams.Length);
        Assert.False(streams[0].Headers.ContainsKey("Last-Event-ID"));
        Assert.Equal("3", streams[1].Headers["Last-Event-ID"]);
        Assert.Equal("?after=3", streams[1].Query);
    }

    [Fact]
    public async Task FollowEventsAsync_ServerRepeatsItself_RepetitionsAreDropped()
    {
        _server.ForgetsWhatWasSeen = true;
        _server.Cuts.Enqueue(6);

        Assert.Equal(Enumerable.Range(1, 10).Select(n => (long)n), await SequencesAsync(Client()));
    }

    [Fact]
    public async Task FollowEventsAsync_ServerIsAwayForAWhile_WaitsLongerEachTimeAndGoesOn()
    {
        _server.Cuts.Enqueue(2);
        List<long> seen = [];
        await foreach (ExecutionEvent happened in Client(new CodeExecClientOptions { MaxAttempts = 1 }).FollowEventsAsync(FakeServer.Id, 0, CancellationToken.None))
        {
            seen.Add(happened.Sequence);
            if (seen.Count == 2)
            {
                foreach (int _ in Enumerable.Range(0, 3))
                {
                    _server.Refusals.Enqueue(new Refusal(502, ""));
                }
            }
        }

        Assert.Equal(10, seen.Count);
        Assert.Equal([250, 500, 1000], _clock.Delays.Select(d => d.TotalMilliseconds));
    }

    [Fact]
    public async Task FollowEventsAsync_NothingNewTimeAfterTime_GivesUpAndSaysHowFarItCame()
    {
        foreach (int cut in (int[])[4, 0, 0, 0, 0])
        {
            _server.Cuts.Enqueue(cut);
        }

        CodeExecException failed = await Assert.ThrowsAsync<CodeExecException>(() => SequencesAsync(Client(new CodeExecClientOptions { MaxReconnects = 3 })));

        Assert.Contains("up to sequence 4", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FollowEventsAsync_DeadConnection_IsOpenedAnew()
    {
        _server.SilentStreams = 1;
        CodeExecClient client = new(_server.Http, new CodeExecClientOptions { StreamIdleLimit = TimeSpan.FromMilliseconds(100) }, TimeProvider.System);

        Assert.Equal(10, (await SequencesAsync(client)).Count);
    }

    [Fact]
    public async Task FollowEventsAsync_CallerGivesUp_EndsAsCancelled()
    {
        using CancellationTokenSource caller = new();
        _server.RunsUntilStopped = true;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (ExecutionEvent _ in Client().FollowEventsAsync(FakeServer.Id, 0, caller.Token))
            {
                await caller.CancelAsync();
            }
        });
    }

    [Fact]
    public async Task FollowEventsAsync_NoSuchExecution_ThrowsAtOnce()
    {
        CodeExecException refused = await Assert.ThrowsAsync<CodeExecException>(async () =>
        {
            await foreach (ExecutionEvent _ in Client().FollowEventsAsync("nobody", 0, CancellationToken.None))
            {
                Assert.Fail("There is nothing to follow.");
            }
        });

        Assert.Equal(System.Net.HttpStatusCode.NotFound, refused.Status);
        Assert.Single(_server.Requests);
    }

    [Fact]
    public async Task FollowEventsAsync_EveryKind_IsTyped()
    {
        _server.Feed =
        [
            FeedItem.Status("preparing"),
            new FeedItem("progress", new() { ["percentage"] = 50, ["message"] = "half" }),
            FeedItem.Log("hi", source: "stderr", partial: true),
            new FeedItem("error", new() { ["error"] = "lost" }),
            new FeedItem("weather", new() { ["sun"] = true }),
            new FeedItem("result", new() { ["result"] = JsonNode.Parse(Executions.Exited(3)) }),
        ];
        List<ExecutionEvent> events = [];
        await foreach (ExecutionEvent happened in Client().FollowEventsAsync(FakeServer.Id, 0, CancellationToken.None))
        {
            events.Add(happened);
        }

        Assert.Equal(ExecutionStatus.Preparing, Assert.IsType<ExecutionEvent.StatusChanged>(events[0]).Status);
        Assert.Equal((50, "half"), (Assert.IsType<ExecutionEvent.Progressed>(events[1]).Percentage, ((ExecutionEvent.Progressed)events[1]).Message));
        LogEntry entry = Assert.IsType<ExecutionEvent.Logged>(events[2]).Entry;
        Assert.Equal((LogSource.Stderr, "run", "hi", true), (entry.Source, entry.Step, entry.Message, entry.Partial));
        Assert.Equal("lost", Assert.IsType<ExecutionEvent.Faulted>(events[3]).Message);
        Assert.Equal("weather", Assert.IsType<ExecutionEvent.Unknown>(events[4]).Name);
        Assert.Equal(3, Assert.IsType<ExecutionEvent.Ended>(events[5]).Execution?.Outcome?.ExitCode);
    }

    [Fact]
    public async Task FollowLogsAsync_FromASequenceOverABrokenConnection_GivesTheRestOnce()
    {
        _server.Feed = [.. Enumerable.Range(1, 9).Select(n => FeedItem.Log($"line {n}"))];
        _server.Cuts.Enqueue(2);
        List<string> messages = [];
        await foreach (LogEntry entry in Client().FollowLogsAsync(FakeServer.Id, 4, CancellationToken.None))
        {
            messages.Add(entry.Message);
        }

        Assert.Equal(Enumerable.Range(5, 5).Select(n => string.Create(CultureInfo.InvariantCulture, $"line {n}")), messages);
        Assert.Equal("?after=4", _server.Requests.First().Query);
    }

    private static async Task<List<long>> SequencesAsync(CodeExecClient client)
    {
        List<long> sequences = [];
        await foreach (ExecutionEvent happened in client.FollowEventsAsync(FakeServer.Id, 0, CancellationToken.None))
        {
            sequences.Add(happened.Sequence);
        }
        return sequences;
    }

    private CodeExecClient Client(CodeExecClientOptions? options = null) => new(_server.Http, options, _clock);
}
