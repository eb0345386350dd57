using System.Net;
using System.Text;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Queues;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Grading;

public sealed class PoisonEndpointsTests : IAsyncLifetime
{
    private const string Path = "/api/queues/batch-grading/poison";

    private static readonly DateTimeOffset Refused = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private ApiHost _host = null!;

    private IWorkQueue Queue => _host.Services.GetRequiredService<IWorkQueue>();

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Get_WhatWasRefusedAndWhatFailedTooOften_IsShownWithItsReason()
    {
        await PoisonAsync(PoisonedBatch.Of("""{"id":"hw"}"""u8.ToArray(), "submissions: none", Refused), "\u0001raw"u8.ToArray(), PoisonedBatch.Of(new byte[] { 0xff, 0xfe }, "not JSON", Refused));

        Answer listed = await _host.GetAsync(Path, ApiHost.AdminKey);
        JsonElement[] items = [.. listed.Json.GetProperty("items").EnumerateArray()];

        Assert.Equal((3, 3), (listed.Json.GetProperty("count").GetInt32(), items.Length));
        Assert.Equal(["submissions: none", "not JSON"], items.Where(item => item.GetProperty("refusedAt").ValueKind == JsonValueKind.String).Select(item => item.GetProperty("reason").GetString()));
        Assert.All(items, item => Assert.False(item.TryGetProperty("message", out _)));
        Assert.Equal("""{"id":"hw"}""", (await OneAsync(items[0])).GetProperty("message").GetString());
        Assert.Equal("\u0001raw", (await OneAsync(items[1])).GetProperty("message").GetString());
        Assert.Equal("//4=", (await OneAsync(items[2])).GetProperty("messageBase64").GetString());
        Assert.Equal(1, (await _host.GetAsync(Path + "?limit=1", ApiHost.AdminKey)).Json.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task Requeue_AsItCameOrMended_PutsThatIntoTheQueue()
    {
        await PoisonAsync(PoisonedBatch.Of("""{"id":"a"}"""u8.ToArray(), "why", Refused), PoisonedBatch.Of("""{"id":"b"}"""u8.ToArray(), "why", Refused));
        string[] ids = await IdsAsync();

        Assert.Equal(HttpStatusCode.Accepted, (await _host.SendAsync(HttpMethod.Post, $"{Path}/{ids[0]}/requeue", null, ApiHost.AdminKey)).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await _host.SendAsync(HttpMethod.Post, $"{Path}/{ids[1]}/requeue", """{"id":"mended"}""", ApiHost.AdminKey)).Status);

        Assert.Equal(["""{"id":"a"}""", """{"id":"mended"}"""], (await Queue.ReceiveAsync(QueuedBatch.Queue, 10, TimeSpan.FromMinutes(1), default)).Select(message => Encoding.UTF8.GetString(message.Body.Span)));
        Assert.Equal(0, await Queue.CountAsync(PoisonMessages.Queue, default));
        (await _host.SendAsync(HttpMethod.Post, $"{Path}/{ids[0]}/requeue", null, ApiHost.AdminKey)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Delete_OneOfThem_LeavesTheOthers()
    {
        await PoisonAsync("x"u8.ToArray(), "y"u8.ToArray());
        string[] ids = await IdsAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await _host.SendAsync(HttpMethod.Delete, $"{Path}/{ids[0]}", null, ApiHost.AdminKey)).Status);

        Assert.Equal([ids[1]], await IdsAsync());
        (await _host.SendAsync(HttpMethod.Delete, $"{Path}/{ids[0]}", null, ApiHost.AdminKey)).IsProblem(404, "not-found");
        (await _host.GetAsync($"{Path}/{ids[0]}", ApiHost.AdminKey)).IsProblem(404, "not-found");
    }

    [Fact]
    public async Task Any_OfNoOperator_IsForbidden()
    {
        await PoisonAsync("x"u8.ToArray());
        string id = Assert.Single(await IdsAsync());

        foreach (string key in new[] { ApiHost.ReaderKey, ApiHost.SubmitterKey, ApiHost.OtherKey })
        {
            foreach ((HttpMethod method, string path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/" + id), (HttpMethod.Delete, "/" + id), (HttpMethod.Post, $"/{id}/requeue") })
            {
                (await _host.SendAsync(method, Path + path, null, key)).IsProblem(403, "forbidden");
            }
        }
    }

    [Fact]
    public async Task StatsAndMetrics_WithPoison_CountIt()
    {
        await PoisonAsync("x"u8.ToArray(), "y"u8.ToArray());
        await Queue.SendAsync(QueuedBatch.Queue, "z"u8.ToArray(), TimeSpan.Zero, default);

        JsonElement queues = (await _host.GetAsync("/stats", ApiHost.ReaderKey)).Json.GetProperty("queues");
        string metrics = (await _host.GetAsync("/metrics", ApiHost.ReaderKey)).Text;

        Assert.Equal((1, 2), (queues.GetProperty("batch-grading").GetInt32(), queues.GetProperty("batch-grading-poison").GetInt32()));
        Assert.Contains("codeexec_queue_messages{queue=\"batch-grading-poison\"} 2\n", metrics, StringComparison.Ordinal);
    }

    private async Task PoisonAsync(params byte[][] messages)
    {
        foreach (byte[] message in messages)
        {
            await Queue.SendAsync(PoisonMessages.Queue, message, TimeSpan.Zero, default);
        }
    }

    private async Task<string[]> IdsAsync()
        => [.. (await _host.GetAsync(Path, ApiHost.AdminKey)).Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];

    private async Task<JsonElement> OneAsync(JsonElement item) => (await _host.GetAsync($"{Path}/{item.GetProperty("id").GetString()}", ApiHost.AdminKey)).Json;
}
