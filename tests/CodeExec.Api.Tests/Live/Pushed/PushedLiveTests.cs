using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CodeExec.Api.Hosting;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Batches;
using CodeExec.Core.Progress;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Live.Pushed;

/// <summary>Viewers who are connected to a service.</summary>
public sealed class PushedLiveTests : IAsyncLifetime
{
    private readonly FakeLiveChannel _channel = new();
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync(services =>
    {
        services.AddSingleton<ILiveChannel>(_channel);
        services.AddSingleton<ExecutionSignals>();
        services.AddSingleton<ILogStore>(provider => new InMemoryLogStore(provider.GetRequiredService<ExecutionSignals>()));
        services.PushFeeds();
    });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Negotiate_Viewer_IsSentToTheService()
    {
        JsonElement answer = await (await SendAsync("/hubs/executions/negotiate?negotiateVersion=1", null, ApiHost.ReaderKey)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("https://push.example.org/client/?hub=executions", answer.GetProperty("url").GetString());
        Assert.Equal("token of default/reader", answer.GetProperty("accessToken").GetString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await SendAsync("/hubs/executions/negotiate", null, null)).StatusCode);
    }

    [Fact]
    public async Task Subscribe_ExecutionUnderWay_GetsWhatWasThereAndWhatComes()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        script.Say("before");

        Assert.Equal(HttpStatusCode.NoContent, (await SubscribeAsync(script.Id)).StatusCode);
        script.Say("after");
        await script.EndAsync();

        Dictionary<long, string> seen = [];
        (string Connection, string Name, JsonElement Data) next;
        do
        {
            next = await _channel.NextAsync();
            Assert.Equal("c1", next.Connection);
            Assert.Equal(script.Id, next.Data.GetProperty("executionId").GetString());
            long sequence = next.Data.GetProperty("sequence").GetInt64();
            if (next.Name == "log")
            {
                seen[sequence] = next.Data.GetProperty("message").GetString()!;
            }
        }
        while (next.Name != "result");
        Assert.Equal("completed", next.Data.GetProperty("result").GetProperty("status").GetString());
        Assert.Equal(["before", "after"], seen.OrderBy(pair => pair.Key).SelectMany(pair => pair.Value.Split('\n')).Distinct());
    }

    [Fact]
    public async Task Subscribe_Tenant_HearsOfStatusAndResultsOnly()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await SubscribeAsync(null)).StatusCode);
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        script.Say("not told");
        await script.EndAsync();

        List<string> names = [];
        do
        {
            names.Add((await _channel.NextAsync()).Name);
        }
        while (names[^1] != "result");
        Assert.All(names, name => Assert.True(name is "status" or "result", name));
    }

    [Fact]
    public async Task Subscribe_Batch_HearsHowFarItIsAndWhatItCameTo()
    {
        Batch batch = await BatchScript.BeginAsync(_host);
        using HttpResponseMessage answer = await SendAsync("/api/live/subscribe", new { connectionId = "c1", batchId = batch.Id.ToString() }, ApiHost.ReaderKey);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(["batch:" + batch.Id], _channel.Groups);

        _host.Services.GetRequiredService<IBatchWatcher>().Watch(batch.Tenant, batch.Id); // as who works on it does
        await BatchScript.SettleAsync(_host, batch);
        List<(string Connection, string Name, JsonElement Data)> heard = [];
        do
        {
            heard.Add(await _channel.NextAsync());
        }
        while (heard[^1].Name != "result");

        Assert.All(heard.SkipLast(1), one => Assert.Equal("progress", one.Name));
        Assert.Equal((0, 2), (heard[0].Data.GetProperty("done").GetInt32(), heard[^2].Data.GetProperty("done").GetInt32()));
        Assert.Equal("completed", heard[^1].Data.GetProperty("result").GetProperty("state").GetString());
        await SendAsync("/api/live/unsubscribe", new { connectionId = "c1", batchId = batch.Id.ToString() }, ApiHost.ReaderKey);
        Assert.Empty(_channel.Groups);
    }

    [Fact]
    public async Task Subscribe_AnotherTenantsExecution_IsAsIfThereWereNone()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);

        Assert.Equal(HttpStatusCode.NotFound, (await SubscribeAsync(script.Id, ApiHost.OtherKey)).StatusCode);
        Assert.Empty(_channel.Groups);
        await script.EndAsync();
    }

    [Theory]
    [InlineData("""{"executionId":"x","connectionId":"c"}""", "executionId")]
    [InlineData("""{}""", "connectionId")]
    [InlineData("""{"connectionId":"c","afterSequence":-1}""", "afterSequence")]
    [InlineData("""{"connectionId":"c","other":1}""", "other")]
    public async Task Subscribe_WrongRequest_SaysWhatIsWrong(string body, string field)
    {
        using HttpResponseMessage answer = await SendAsync("/api/live/subscribe", JsonSerializer.Deserialize<JsonElement>(body), ApiHost.ReaderKey);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(field, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Unsubscribe_Execution_IsToldNoMore()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        await SubscribeAsync(script.Id);

        await SendAsync("/api/live/unsubscribe", new { connectionId = "c1", executionId = script.Id }, ApiHost.ReaderKey);

        Assert.Empty(_channel.Groups);
        await script.EndAsync();
    }

    [Fact]
    public async Task Push_ServiceFails_HarmsNeitherTheFeedNorItsWriter()
    {
        _channel.IsFailing = true;
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        script.Say("still written");
        await script.EndAsync();

        Answer logs = await _host.GetAsync($"/api/executions/{script.Id}/logs", ApiHost.ReaderKey);
        Assert.Contains("still written", logs.Json.ToString(), StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SubscribeAsync(string? executionId, string key = ApiHost.ReaderKey)
        => SendAsync("/api/live/subscribe", new { connectionId = "c1", executionId }, key);

    private async Task<HttpResponseMessage> SendAsync(string path, object? body, string? key)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("X-Api-Key", key);
        }
        return await _host.Http.SendAsync(request);
    }
}
