using System.Net;
using System.Text.Json;
using CodeExec.Api.Live;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches;
using Microsoft.Extensions.DependencyInjection;
using static CodeExec.Api.Tests.Access.Students;

namespace CodeExec.Api.Tests.Live;

/// <summary>Students watch what is their own, and nothing else.</summary>
public sealed class StudentViewersTests : IAsyncLifetime
{
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await StartHostAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Subscribe_ToTheStudentsOwn_TellsAllOfIt()
    {
        string id = await SubmitAsync(Ann);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, queryKey: Ann);

        Assert.Null(await viewer.CallAsync("subscribe", id));

        Assert.Equal("ann", (await viewer.UntilResultAsync())[^1].Data.GetProperty("result").GetProperty("student").GetString());
    }

    [Fact]
    public async Task Subscribe_ToWhatIsAnothersOrABatch_IsRefusedAsIfItWereNotThere()
    {
        string bobs = await SubmitAsync(Bob), nobodys = await SubmitAsync(ApiHost.AdminKey);
        Batch batch = await BatchScript.BeginAsync(_host);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, Ann);

        Assert.Contains("no such execution", await viewer.CallAsync("subscribe", bobs), StringComparison.Ordinal);
        Assert.Contains("no such execution", await viewer.CallAsync("subscribe", nobodys), StringComparison.Ordinal);
        Assert.Contains("no such batch", await viewer.CallAsync("subscribeBatch", batch.Id.ToString()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SubscribeByRequest_AStudent_HearsOfTheStudentsOwnOnTheStudentsConnection()
    {
        string anns = await SubmitAsync(Ann), bobs = await SubmitAsync(Bob);
        Batch batch = await BatchScript.BeginAsync(_host);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, Ann);
        string connectionId = Assert.Single(_host.Services.GetRequiredService<HubViewers>().ConnectionIds);

        Assert.Equal(HttpStatusCode.NotFound, await SubscribeAsync(Ann, new { connectionId, executionId = bobs }));
        Assert.Equal(HttpStatusCode.NotFound, await SubscribeAsync(Ann, new { connectionId, batchId = batch.Id.ToString() }));
        Assert.Equal(HttpStatusCode.Forbidden, await SubscribeAsync(Ann, new { connectionId }));
        Assert.Equal(HttpStatusCode.NotFound, await SubscribeAsync(Bob, new { connectionId, executionId = bobs })); // not Bob's connection
        Assert.Equal(HttpStatusCode.NotFound, await SubscribeAsync(ApiHost.AdminKey, new { connectionId, executionId = bobs }));
        Assert.Equal(HttpStatusCode.NoContent, await SubscribeAsync(Ann, new { connectionId, executionId = anns }));

        Assert.All(await viewer.UntilResultAsync(), one => Assert.Equal(anns, one.Data.GetProperty("executionId").GetString()));
    }

    private async Task<string> SubmitAsync(string key)
        => (await _host.PostAsync("/api/executions?wait=10", """{"language":"python","code":"","stdin":"x"}""", key)).Json.GetProperty("id").GetString()!;

    private async Task<HttpStatusCode> SubscribeAsync(string key, object body) => (await _host.PostAsync("/api/live/subscribe", JsonSerializer.Serialize(body), key)).Status;
}
