using System.Net.Http.Json;
using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>The server is killed with SIGKILL while executions wait for their time: each begins once, and not before it.</summary>
public sealed class DelayedStartCrashTests
{
    [SkippableFact]
    public async Task Kill_WhileExecutionsWaitForTheirTime_EachBeginsOnceAndNotBeforeIt()
    {
        string data = ServerProcess.NewDataFolder();
        ServerProcess server = await ServerProcess.StartAsync(data);
        Skip.If(server.Report.Any(line => line.StartsWith("Nothing can run", StringComparison.Ordinal)), "no container can be made on this machine");
        Dictionary<string, DateTimeOffset> due = [];
        foreach (int delayMs in (int[])[1, 500, 1000, 1500, 2000, 4000])
        {
            using HttpResponseMessage response = await server.Http.PostAsJsonAsync("/api/executions", new { language = "python", code = "print(1)", delayMs });
            JsonElement accepted = await response.Content.ReadFromJsonAsync<JsonElement>();
            due.Add(accepted.Text("id"), accepted.At("startAt").GetDateTimeOffset());
        }

        await server.KillAsync();
        await using ServerProcess next = await ServerProcess.StartAsync(data);
        foreach ((string id, DateTimeOffset startAt) in due)
        {
            await next.Http.GetStringAsync($"/api/executions/{id}/events"); // ends with the execution
            JsonElement ended = await next.Http.GetFromJsonAsync<JsonElement>($"/api/executions/{id}");
            Assert.Equal("completed", ended.Text("status"));
            Assert.True(ended.At("startedAt").GetDateTimeOffset() >= startAt, $"{ended.Text("startedAt")} is before {startAt:O}");
        }

        JsonElement stats = await next.Http.GetFromJsonAsync<JsonElement>("/stats");
        Assert.Equal((0, 0), (stats.At("queued").GetInt32(), stats.At("delayed").GetInt32()));
    }
}
