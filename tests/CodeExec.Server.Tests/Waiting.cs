using System.Text.Json;

namespace CodeExec.Server.Tests;

/// <summary>Waits for what an execution is to come to.</summary>
internal static class Waiting
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromMinutes(2);

    public static async Task UntilLoggedAsync(this ServerProcess server, string id, string text)
    {
        using CancellationTokenSource deadline = new(Patience, TimeProvider.System);
        while (!(await server.Http.GetStringAsync($"/api/executions/{id}/logs", deadline.Token)).Contains(text, StringComparison.Ordinal))
        {
            await Task.Delay(LookAgain, TimeProvider.System, deadline.Token);
        }
    }

    public static async Task<JsonElement> UntilEndedAsync(this ServerProcess server, string id)
    {
        using CancellationTokenSource deadline = new(Patience, TimeProvider.System);
        while (true)
        {
            JsonElement execution = JsonSerializer.Deserialize<JsonElement>(await server.Http.GetStringAsync($"/api/executions/{id}", deadline.Token));
            if (execution.Text("status") is not ("queued" or "preparing" or "running"))
            {
                return execution;
            }

            await Task.Delay(LookAgain, TimeProvider.System, deadline.Token);
        }
    }
}
