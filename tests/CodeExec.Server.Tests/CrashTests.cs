using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>
/// The server is killed with SIGKILL at random moments with hundreds of executions in flight, again and again on one data folder. A
/// journal outside of it keeps what was accepted; at the end every accepted execution has reached exactly one end, and nothing is left.
/// </summary>
public sealed class CrashTests
{
    private const int MostInFlight = 30; // for each of the eight clients

    /// <summary>./test --long sets the variable.</summary>
    private static int Kills => Environment.GetEnvironmentVariable("CODEEXEC_TEST_LONG") is null ? 5 : 50;

    [SkippableFact]
    public async Task Kill_AtRandomMoments_EveryAcceptedExecutionEndsOnce()
    {
        Random random = new(20261121);
        string data = ServerProcess.NewDataFolder();
        Dictionary<string, int> accepted = [];
        Dictionary<string, string> ends = [];
        int number = 0;
        for (int kill = 0; kill < Kills; kill++)
        {
            ServerProcess server = await ServerProcess.StartAsync(data);
            Skip.If(server.Report.Any(line => line.StartsWith("Nothing can run", StringComparison.Ordinal)), "no container can be made on this machine");
            using CancellationTokenSource over = new();
            Task<List<(string Id, int Number)>>[] clients = [.. Enumerable.Range(0, 8).Select(_ => SubmitAsync(server, () => Interlocked.Increment(ref number), over.Token))];
            Task<Dictionary<string, string>> watcher = WatchEndsAsync(server, [.. accepted.Keys], over.Token);
            await Task.Delay(random.Next(300, 2500));
            await server.KillAsync();
            await over.CancelAsync();
            foreach ((string id, int value) in (await Task.WhenAll(clients)).SelectMany(list => list))
            {
                accepted.Add(id, value);
            }

            foreach ((string id, string end) in await watcher)
            {
                Assert.Equal(end, ends.GetValueOrDefault(id, end)); // an end that was seen stays
                ends[id] = end;
            }
        }

        await using ServerProcess last = await ServerProcess.StartAsync(data);
        Assert.True(accepted.Count > 0, "nothing was accepted: the test has no meaning");
        foreach ((string id, int value) in accepted)
        {
            JsonElement ended = await WaitAsync(last, id);
            Assert.Equal("completed", ended.Text("status"));
            Assert.Equal($"{value}\n", ended.At("run").Text("stdout"));
            Assert.Equal(ended.Text("endedAt"), ends.GetValueOrDefault(id, ended.Text("endedAt")));
        }

        await NobodyIsLeftUnfinishedAsync(last);
        Assert.Equal(0, await last.StopAsync());
        Assert.Empty(Leftovers.Of(last));
        Directory.Delete(data, recursive: true);
    }

    private static async Task<List<(string, int)>> SubmitAsync(ServerProcess server, Func<int> next, CancellationToken over)
    {
        List<(string, int)> accepted = [];
        try
        {
            while (!over.IsCancellationRequested)
            {
                int value = next();
                using HttpResponseMessage response = await server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = $"print({value})" }, over);
                if (response.IsSuccessStatusCode)
                {
                    accepted.Add(((await response.Content.ReadFromJsonAsync<JsonElement>(over)).Text("id"), value));
                }

                if (accepted.Count % MostInFlight == MostInFlight - 1)
                {
                    // Accepting is faster than running: hundreds in flight are wanted, not thousands.
                    await server.Http.GetStringAsync($"/api/executions/{accepted[^1].Item1}/events", over);
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException or JsonException)
        {
            // The server was killed: what it had not answered was not accepted.
        }

        return accepted;
    }

    private static async Task<Dictionary<string, string>> WatchEndsAsync(ServerProcess server, IReadOnlyList<string> ids, CancellationToken over)
    {
        Dictionary<string, string> seen = [];
        try
        {
            foreach (string id in ids)
            {
                JsonElement execution = await server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}", over);
                if (execution.At("endedAt").ValueKind == JsonValueKind.String)
                {
                    seen[id] = execution.Text("endedAt");
                }
            }
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException or IOException)
        {
            // The server was killed; what was seen before counts.
        }

        return seen;
    }

    /// <summary>Also those that were stored in the moment of a kill, whose clients never got an answer, come to an end.</summary>
    private static async Task NobodyIsLeftUnfinishedAsync(ServerProcess server)
    {
        foreach (string status in (string[])["queued", "preparing", "running"])
        {
            while (await server.Http.GetFromJsonAsync<JsonElement>($"/api/executions?status={status}") is var page && page.At("items").GetArrayLength() > 0)
            {
                foreach (JsonElement unfinished in page.At("items").EnumerateArray())
                {
                    await WaitAsync(server, unfinished.Text("id"));
                }
            }
        }
    }

    private static async Task<JsonElement> WaitAsync(ServerProcess server, string id)
    {
        while (true)
        {
            await server.Http.GetStringAsync($"/api/executions/{id}/events"); // ends with the execution
            JsonElement execution = await server.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}");
            if (execution.At("endedAt").ValueKind == JsonValueKind.String)
            {
                return execution;
            }
        }
    }
}
