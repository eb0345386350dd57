using System.Text.Json;
using CodeExec.Contracts.Azurite;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Schedules through the functions: an orchestration that never ends but by being deleted, on two instances of the app that take turns.</summary>
public sealed class ScheduleRunTests : OnAzurite
{
    private readonly JumpingClock _clock = new();

    [SkippableFact]
    public async Task Schedule_ItsTimesCome_EachRunsOnceAndADeletedOneNoMore()
    {
        await RequireCellsAsync();
        await using FunctionsHost there = await StartAsync();
        await using FunctionsHost here = await StartAsync();
        here.Other = there;
        (int status, JsonElement schedule) = await here.SendAsync("POST", "/api/schedules", new { name = "nightly", cron = "0 3 * * *", execution = new { language = "python", code = "print('by night')" } }, Key);
        Assert.True(status == 201, schedule.ToString());
        string id = schedule.GetProperty("id").GetString()!;
        DateTimeOffset[] times = [.. schedule.GetProperty("nextRuns").EnumerateArray().Select(time => time.GetDateTimeOffset())];

        for (int night = 0; night < 3; night++)
        {
            _clock.JumpTo(times[night].AddSeconds(1));
            JsonElement run = await RunAsync(here, id, times[night]);
            Assert.Equal("started", run.GetProperty("outcome").GetString());
            JsonElement ran = await EndOfAsync(here, run.GetProperty("execution").GetString()!);
            Assert.Equal(("completed", "by night\n"), (ran.GetProperty("status").GetString(), ran.GetProperty("run").GetProperty("stdout").GetString()));
        }

        Assert.Equal(204, (await here.SendAsync("DELETE", $"/api/schedules/{id}", null, Key)).Status);
        await here.IdleAsync(); // its orchestration has heard of it, and ends
        (_, JsonElement started) = await here.SendAsync("GET", $"/api/executions?label=schedule:{id}", null, Key);
        Assert.Equal(3, started.GetProperty("items").GetArrayLength());
    }

    [SkippableFact]
    public async Task Schedule_IsGivenOtherTimesWhileItSleeps_WakesForThem()
    {
        await RequireCellsAsync();
        await using FunctionsHost here = await StartAsync();
        (_, JsonElement schedule) = await here.SendAsync("POST", "/api/schedules", new { cron = "0 3 1 1 *", execution = new { language = "python", code = "print(1)" } }, Key);
        string id = schedule.GetProperty("id").GetString()!;

        (int status, JsonElement changed) = await here.SendAsync("PATCH", $"/api/schedules/{id}", new { cron = "30 * * * *" }, Key);
        Assert.True(status == 200, changed.ToString());
        DateTimeOffset next = changed.GetProperty("nextRuns")[0].GetDateTimeOffset();
        _clock.JumpTo(next.AddSeconds(1));

        Assert.Equal("started", (await RunAsync(here, id, next)).GetProperty("outcome").GetString());
        await here.SendAsync("DELETE", $"/api/schedules/{id}", null, Key);
        await here.IdleAsync();
    }

    private async Task<FunctionsHost> StartAsync() => await FunctionsHost.StartAsync(Settings(await AzuriteProcess.GetAsync()), services => services.AddSingleton<TimeProvider>(_clock));

    private static async Task<JsonElement> EndOfAsync(FunctionsHost host, string id)
    {
        Assert.True(ExecutionId.TryParse(id, out ExecutionId execution));
        await host.Services.GetRequiredService<IExecutionService>().WaitAsync(TenantId.Default, execution, TimeSpan.FromSeconds(60), None);
        return (await host.SendAsync("GET", $"/api/executions/{id}", null, Key)).Body;
    }

    private static async Task<JsonElement> RunAsync(FunctionsHost host, string id, DateTimeOffset time)
    {
        while (true)
        {
            (_, JsonElement runs) = await host.SendAsync("GET", $"/api/schedules/{id}/runs", null, Key);
            foreach (JsonElement run in runs.GetProperty("items").EnumerateArray())
            {
                if (run.GetProperty("for").GetDateTimeOffset() == time)
                {
                    return run;
                }
            }
            await Task.Yield();
        }
    }
}
