using System.Net;
using System.Text.Json;
using CodeExec.Api.Live;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Live;

/// <summary>How far a batch is, over the hub and as server-sent events.</summary>
public sealed class BatchViewersTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task SubscribeBatch_ItGoesOnAndEnds_TellsProgressAndLastTheResult()
    {
        Batch batch = await BatchScript.BeginAsync(_host);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);

        Assert.Null(await viewer.CallAsync("subscribeBatch", batch.Id.ToString()));
        (string name, JsonElement first) = (await viewer.NextEventAsync())!.Value;
        Assert.Equal(("progress", batch.Id.ToString(), 0, 2), (name, first.GetProperty("batchId").GetString(), first.GetProperty("done").GetInt32(), first.GetProperty("total").GetInt32()));
        Assert.Equal("running", first.GetProperty("state").GetString());
        await BatchScript.SettleAsync(_host, batch);
        List<(string Name, JsonElement Data)> events = await viewer.UntilResultAsync();

        Assert.All(events.SkipLast(1), one => Assert.Equal("progress", one.Name));
        Assert.Equal(100, events[^2].Data.GetProperty("percentage").GetDouble());
        Assert.Equal("completed", events[^1].Data.GetProperty("result").GetProperty("state").GetString());
        Assert.Equal(3, events[^1].Data.GetProperty("sequence").GetInt64());
        Assert.Null(await viewer.CallAsync("unsubscribeBatch", batch.Id.ToString()));
    }

    [Fact]
    public async Task SubscribeBatch_AnotherTenantsOrNone_IsRefused()
    {
        Batch batch = await BatchScript.BeginAsync(_host);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.OtherKey);

        Assert.Contains("no such batch", await viewer.CallAsync("subscribeBatch", batch.Id.ToString()), StringComparison.Ordinal);
        Assert.Contains("no such batch", await viewer.CallAsync("subscribeBatch", "x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubscribeByRequest_Batch_TellsAsTheHubsOwnCallDoes()
    {
        Batch batch = await BatchScript.BeginAsync(_host);
        await BatchScript.SettleAsync(_host, batch);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);
        string connectionId = Assert.Single(_host.Services.GetRequiredService<HubViewers>().ConnectionIds);

        Assert.Equal(HttpStatusCode.BadRequest, (await SubscribeAsync(new { connectionId, batchId = "x" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await SubscribeAsync(new { connectionId, batchId = BatchId.New(TimeProvider.System).ToString() })).Status);
        Assert.Equal(HttpStatusCode.NoContent, (await SubscribeAsync(new { connectionId, batchId = batch.Id.ToString() })).Status);

        Assert.Equal(["progress", "result"], (await viewer.UntilResultAsync()).Select(one => one.Name));
    }

    [Fact]
    public async Task Events_EndedAndTheResultWasSeen_TellsABrowserNotToComeBack()
    {
        Batch batch = await BatchScript.BeginAsync(_host);
        await BatchScript.SettleAsync(_host, batch);
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/batches/{batch.Id}/events");
        request.Headers.Authorization = new("Bearer", ApiHost.ReaderKey);
        request.Headers.Add("Last-Event-ID", "3");

        using HttpResponseMessage response = await _host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task<Answer> SubscribeAsync(object body) => await _host.PostAsync("/api/live/subscribe", JsonSerializer.Serialize(body), ApiHost.ReaderKey);
}
