using System.Globalization;
using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using CodeExec.Api.Live;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Progress;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Live;

public sealed class ExecutionsHubTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Subscribe_ToAnEndedExecution_TellsAllOfIt()
    {
        string id = await _host.SubmitAsync("one\n", ApiHost.SubmitterKey);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);

        Assert.Null(await viewer.CallAsync("subscribe", id));
        List<(string Name, JsonElement Data)> events = await viewer.UntilResultAsync();

        Assert.Equal(["status", "progress", "status", "progress", "node-update", "log", "status", "progress", "node-update", "result"], events.Select(one => one.Name));
        Assert.All(events, one =>
        {
            Assert.Equal(id, one.Data.GetProperty("executionId").GetString());
            Assert.True(one.Data.GetProperty("sequence").GetInt64() > 0);
            Assert.EndsWith("Z", one.Data.GetProperty("timestamp").GetString(), StringComparison.Ordinal);
        });
        Assert.Equal("completed", events[^1].Data.GetProperty("result").GetProperty("status").GetString());
        Assert.Equal("""{"nodeId":"run","status":"completed","data":{}}""", JsonSerializer.Serialize(new
        {
            nodeId = events[^2].Data.GetProperty("nodeId").GetString(),
            status = events[^2].Data.GetProperty("status").GetString(),
            data = events[^2].Data.GetProperty("data"),
        }));
    }

    [Fact]
    public async Task SubscribeByRequest_ConnectionToTheHub_TellsAllAsItsOwnCallDoes()
    {
        string id = await _host.SubmitAsync("one\n", ApiHost.SubmitterKey);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        string connectionId = Assert.Single(_host.Services.GetRequiredService<HubViewers>().ConnectionIds);
        string body = JsonSerializer.Serialize(new { connectionId, executionId = id });

        Assert.Equal(HttpStatusCode.NotFound, (await _host.PostAsync("/api/live/subscribe", body, ApiHost.OtherKey)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.PostAsync("/api/live/subscribe", JsonSerializer.Serialize(new { connectionId = "other", executionId = id }), ApiHost.ReaderKey)).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await _host.PostAsync("/api/live/subscribe", body, ApiHost.ReaderKey)).Status);

        List<(string Name, JsonElement Data)> events = await viewer.UntilResultAsync();
        Assert.Equal(["status", "progress", "status", "progress", "node-update", "log", "status", "progress", "node-update", "result"], events.Select(one => one.Name));
        Assert.Equal(HttpStatusCode.NoContent, (await _host.PostAsync("/api/live/unsubscribe", body, ApiHost.ReaderKey)).Status);
    }

    [Fact]
    public async Task Subscribe_WithTheLastSequenceSeen_MissesAndRepeatsNothing()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        script.Say("before");
        long seen;
        using (HubConnection first = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey))
        {
            await first.CallAsync("subscribe", script.Id, null);
            (string Name, JsonElement Data) log;
            do
            {
                log = (await first.NextEventAsync())!.Value;
            }
            while (log.Name != "log");
            seen = log.Data.GetProperty("sequence").GetInt64();
        }

        script.Say("meanwhile");
        using HubConnection again = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await again.CallAsync("Subscribe", script.Id, seen);
        await script.EndAsync();

        List<(string Name, JsonElement Data)> rest = await again.UntilResultAsync();
        Assert.Equal(["meanwhile"], rest.Where(one => one.Name == "log").Select(one => one.Data.GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Subscribe_ToSomeoneElsesOrNone_IsUnknown()
    {
        string id = await _host.SubmitAsync("", ApiHost.SubmitterKey);
        using HubConnection other = await HubConnection.OpenAsync(_host, ApiHost.OtherKey);

        string? foreign = await other.CallAsync("subscribe", id);
        string? none = await other.CallAsync("subscribe", Guid.NewGuid().ToString("n"));
        string? nonsense = await other.CallAsync("subscribe", "../x", 0);

        Assert.Contains("There is no such execution.", foreign, StringComparison.Ordinal);
        Assert.Equal(foreign, none);
        Assert.Equal(foreign, nonsense);
    }

    [Fact]
    public async Task Unsubscribe_ThenNews_AreNotTold()
    {
        FeedScript one = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey), two = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await viewer.CallAsync("subscribe", one.Id);
        await viewer.CallAsync("unsubscribe", one.Id);
        one.Say("not for you");
        await viewer.CallAsync("subscribe", two.Id);
        await two.EndAsync();

        List<(string Name, JsonElement Data)> events = await viewer.UntilResultAsync();
        Assert.DoesNotContain(events, e => e.Name == "log" && e.Data.GetProperty("message").GetString() == "not for you");
    }

    [Fact]
    public async Task Subscribe_ToAFlood_TellsItWholeInFewPushes()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        string[] lines = [.. Enumerable.Range(0, 20_000).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        foreach (string line in lines)
        {
            script.Say(line);
        }

        await script.EndAsync();
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await viewer.CallAsync("subscribe", script.Id);

        List<(string Name, JsonElement Data)> events = await viewer.UntilResultAsync();
        (string Name, JsonElement Data)[] logs = [.. events.Where(e => e.Name == "log")];
        Assert.Equal(string.Join('\n', lines), string.Join('\n', logs.Select(e => e.Data.GetProperty("message").GetString())));
        Assert.InRange(logs.Length, 1, 100);
        Assert.Equal(2, logs[0].Data.GetProperty("firstSequence").GetInt64());
        Assert.Equal(20_001, logs[^1].Data.GetProperty("sequence").GetInt64());
    }

    [Fact]
    public async Task Subscribe_ToTooMany_IsRefused()
    {
        await using ApiHost small = await ApiHost.StartAsync(("Api:MaxSubscriptions", "1"));
        FeedScript one = await FeedScript.BeginAsync(small), two = await FeedScript.BeginAsync(small);
        using HubConnection viewer = await HubConnection.OpenAsync(small);

        Assert.Null(await viewer.CallAsync("subscribe", one.Id));
        Assert.Contains("unsubscribe", await viewer.CallAsync("subscribe", two.Id), StringComparison.Ordinal);
        Assert.Null(await viewer.CallAsync("subscribe", one.Id, 1));
    }

    [Fact]
    public async Task Connect_WithTheKeyInTheQuery_WorksAndIsLoggedNowhere()
    {
        using HubConnection viewer = await HubConnection.OpenAsync(_host, queryKey: ApiHost.ReaderKey);

        Assert.NotNull(await viewer.CallAsync("subscribe", "x"));
        Assert.DoesNotContain(_host.Log.Lines, line => line.Text.Contains(ApiHost.ReaderKey, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("wrong-key-of-somebody")]
    public async Task Connect_WithoutAValidKey_IsRefused(string? key)
        => await Assert.ThrowsAsync<WebSocketException>(() => HubConnection.OpenAsync(_host, key));

    [Fact]
    public async Task Connect_FromAForeignPage_IsRefused()
    {
        await Assert.ThrowsAsync<WebSocketException>(() => HubConnection.OpenAsync(_host, ApiHost.ReaderKey, origin: "https://evil.example"));
        using HubConnection own = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey, origin: $"http://{_host.Address.Authority}");
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"1","target":"subscribe","arguments":[{"a":1}]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"subscribe","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"subscribe","arguments":["a","b","c","d"]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"SubscribeAsync","arguments":["a"]}""")]
    [InlineData("""{"type":1,"invocationId":"1","target":"Dispose","arguments":[]}""")]
    public async Task Call_ThatMakesNoSense_IsAnErrorAndTellsNothingOfOurInside(string call)
    {
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await viewer.SendRawAsync(call);

        JsonElement answer = (await viewer.NextAsync())!.Value;
        string error = answer.GetProperty("error").GetString()!;
        Assert.DoesNotContain("CodeExec.", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("""{"type":99}""")]
    [InlineData("""{"type":"x"}""")]
    public async Task Garbage_ClosesTheConnectionOnly(string garbage)
    {
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await viewer.SendRawAsync(garbage);
        using HubConnection neighbour = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);

        Assert.NotNull(await neighbour.CallAsync("subscribe", "x"));
    }

    [Fact]
    public async Task Message_OfAMegabyte_ClosesTheConnection()
    {
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await viewer.SendRawAsync($$"""{"type":1,"target":"subscribe","arguments":["{{new string('a', 1 << 20)}}"]}""");

        JsonElement? close = null;
        try
        {
            close = await viewer.NextAsync();
        }
        catch (WebSocketException)
        {
            // closed hard
        }

        Assert.True(close is null || close.Value.GetProperty("type").GetInt32() == 7);
    }

    [Fact]
    public async Task Feed_OfManySources_KeepsTheOrder()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        script.Say("a");
        script.Say("b", LogSource.Stderr);
        script.Say("c");
        await script.EndAsync();
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        await viewer.CallAsync("subscribe", script.Id);

        Assert.Equal(["a", "b", "c"], (await viewer.UntilResultAsync()).Where(e => e.Name == "log").Select(e => e.Data.GetProperty("message").GetString()));
    }
}
