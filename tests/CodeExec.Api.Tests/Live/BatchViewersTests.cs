using System.Net;
using System.Text.Json;
using CodeExec.Api.Live;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Grading;
using CodeExec.Core.Tenants;
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
        Batch batch = await BeginAsync();
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.ReaderKey);

        Assert.Null(await viewer.CallAsync("subscribeBatch", batch.Id.ToString()));
        (string name, JsonElement first) = (await viewer.NextEventAsync())!.Value;
        Assert.Equal(("progress", batch.Id.ToString(), 0, 2), (name, first.GetProperty("batchId").GetString(), first.GetProperty("done").GetInt32(), first.GetProperty("total").GetInt32()));
        Assert.Equal("running", first.GetProperty("state").GetString());
        await SettleAsync(batch, 2);
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
        Batch batch = await BeginAsync();
        using HubConnection viewer = await HubConnection.OpenAsync(_host, ApiHost.OtherKey);

        Assert.Contains("no such batch", await viewer.CallAsync("subscribeBatch", batch.Id.ToString()), StringComparison.Ordinal);
        Assert.Contains("no such batch", await viewer.CallAsync("subscribeBatch", "x"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubscribeByRequest_Batch_TellsAsTheHubsOwnCallDoes()
    {
        Batch batch = await BeginAsync();
        await SettleAsync(batch, 2);
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
        Batch batch = await BeginAsync();
        await SettleAsync(batch, 2);
        using HttpRequestMessage request = new(HttpMethod.Get, $"/api/batches/{batch.Id}/events");
        request.Headers.Authorization = new("Bearer", ApiHost.ReaderKey);
        request.Headers.Add("Last-Event-ID", "3");

        using HttpResponseMessage response = await _host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    private async Task<Answer> SubscribeAsync(object body) => await _host.PostAsync("/api/live/subscribe", JsonSerializer.Serialize(body), ApiHost.ReaderKey);

    /// <summary>A batch of two that nobody works on: the test does.</summary>
    private async Task<Batch> BeginAsync()
    {
        Batch batch = new()
        {
            Id = BatchId.New(TimeProvider.System),
            Tenant = TenantId.Default,
            Problem = new ProblemVersion("p", 1),
            State = BatchState.Running,
            CreatedAt = TimeProvider.System.GetUtcNow(),
            Total = 2,
            ShardSize = 50,
            Concurrency = 1,
        };
        await _host.Services.GetRequiredService<BatchStore>().CreateAsync(batch, default);
        return batch;
    }

    private async Task SettleAsync(Batch batch, int done)
    {
        BatchStore store = _host.Services.GetRequiredService<BatchStore>();
        await store.WriteShardAsync(batch.Id, 0, [], new ShardTally { Done = done }, default);
        await store.ChangeAsync(batch.Tenant, batch.Id, one => one with { State = BatchState.Completed, EndedAt = one.CreatedAt }, default);
        _host.Services.GetRequiredService<BatchControl>().Tell(batch.Id);
    }
}
