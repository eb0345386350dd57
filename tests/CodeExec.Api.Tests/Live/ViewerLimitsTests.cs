using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using CodeExec.Api.Tests.Hosting;
using CodeExec.Contracts.Time;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Api.Tests.Live;

/// <summary>What time does to viewers, on a clock that the test moves.</summary>
public sealed class ViewerLimitsTests : IAsyncLifetime
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1), TestLimit = TimeSpan.FromMinutes(2);

    private readonly ManualTimeProvider _clock = new();
    private ApiHost _host = null!;

    public async Task InitializeAsync() => _host = await ApiHost.StartWithKeysAsync(services => services.AddSingleton<TimeProvider>(_clock));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task QuietStream_SaysThatItLives()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        using HttpRequestMessage request = HttpTesting.Request(HttpMethod.Get, $"/api/executions/{script.Id}/events?after=1", null, ApiHost.ReaderKey);
        using HttpResponseMessage response = await _host.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync());
        Assert.StartsWith(": stream of", await reader.ReadLineAsync(), StringComparison.Ordinal);
        await reader.ReadLineAsync();

        DateTimeOffset begun = _clock.GetUtcNow();
        Assert.Equal(": keep-alive", await WhileTimePassesAsync(reader.ReadLineAsync()));
        Assert.True(_clock.GetUtcNow() - begun >= TimeSpan.FromSeconds(15));
    }

    [Fact]
    public async Task ViewerThatTakesNothing_IsCutOff()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        string line = new('x', 8000);
        for (int i = 0; i < 5000; i++)
        {
            script.Say(line);
        }

        await script.EndAsync();
        using TcpClient client = new() { ReceiveBufferSize = 4096 };
        await client.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET /api/executions/{script.Id}/events HTTP/1.1\r\nHost: localhost\r\nX-Api-Key: {ApiHost.ReaderKey}\r\n\r\n"));

        await WhileTimePassesAsync(Task.Run(async () =>
        {
            while (!_host.Log.Lines.Any(logged => logged.Text.Contains("cut off", StringComparison.Ordinal)))
            {
                await Task.Yield();
            }

            return true;
        }));

        using MemoryStream said = new();
        await Record.ExceptionAsync(() => client.GetStream().CopyToAsync(said)); // a reset is as good an end as any
        Assert.DoesNotContain("event: result", Encoding.UTF8.GetString(said.ToArray()), StringComparison.Ordinal);
        Assert.InRange(said.Length, 0, 20 << 20);
    }

    [Fact]
    public async Task KeyRevoked_WhileTheHubIsWatched_EndsTheConnectionBeforeTheNextNews()
    {
        Answer made = await _host.PostAsync("/api/keys", """{"name":"viewer","role":"reader"}""", ApiHost.AdminKey);
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        using HubConnection viewer = await HubConnection.OpenAsync(_host, made.Json.GetProperty("key").GetString());
        Task<string?> subscribed = viewer.CallAsync("subscribe", script.Id, 1);
        Assert.Null(await WhileTimePassesAsync(subscribed));

        await _host.SendAsync(HttpMethod.Delete, "/api/keys/" + made.Json.GetProperty("id").GetString(), null, ApiHost.AdminKey);
        _clock.Advance(TimeSpan.FromSeconds(5));
        script.Say("not for you");

        List<(string Name, JsonElement Data)> told = [];
        await Record.ExceptionAsync(async () =>
        {
            while (await WhileTimePassesAsync(viewer.NextEventAsync()) is { } next)
            {
                told.Add(next);
            }
        });
        Assert.DoesNotContain(told, one => one.Data.GetRawText().Contains("not for you", StringComparison.Ordinal));
    }

    [Fact]
    public async Task KeyThatExpires_IsNoLongerTaken()
    {
        string until = _clock.GetUtcNow().AddMinutes(1).ToString("O", System.Globalization.CultureInfo.InvariantCulture);
        string key = (await _host.PostAsync("/api/keys", $$"""{"name":"short","expiresAt":"{{until}}"}""", ApiHost.AdminKey)).Json.GetProperty("key").GetString()!;
        Assert.Equal(System.Net.HttpStatusCode.OK, (await _host.GetAsync("/api/languages", key)).Status);

        _clock.Advance(TimeSpan.FromMinutes(1));

        (await _host.GetAsync("/api/languages", key)).IsProblem(401, "unauthenticated");
    }

    [Fact]
    public async Task ServerStops_StreamsAndWaitsEndByThemselves()
    {
        FeedScript script = await FeedScript.BeginAsync(_host, ApiHost.SubmitterKey);
        using SseClient viewer = await SseClient.OpenAsync(_host, $"/api/executions/{script.Id}/events", ApiHost.ReaderKey);
        await viewer.NextAsync();
        TaskCompletionSource accepted = new();
        _host.Executions.OnAccepted = (_, _, _) =>
        {
            accepted.SetResult();
            return Task.CompletedTask;
        };
        Task<Answer> waiting = _host.PostAsync("/api/executions?wait=60", """{"language":"python","code":"x"}""", ApiHost.SubmitterKey);
        await accepted.Task;

        Task stopped = _host.StopAsync();

        Assert.Equal(System.Net.HttpStatusCode.Accepted, (await waiting).Status);
        Assert.DoesNotContain("result", (await WhileTimePassesAsync(viewer.AllAsync())).Select(one => one.Name));
        await stopped;
    }

    /// <summary>Moves the clock, step by step, until something has happened.</summary>
    private async Task<T> WhileTimePassesAsync<T>(Task<T> awaited)
    {
        using CancellationTokenSource limit = new(TestLimit);
        while (!awaited.IsCompleted)
        {
            limit.Token.ThrowIfCancellationRequested();
            _clock.Advance(Step);
            await Task.WhenAny(awaited, _clock.WhenTimersAreSetAsync());
            await Task.Yield();
        }

        return await awaited;
    }
}
