using System.Text.Json;
using CodeExec.Contracts.Azurite;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Runs that take longer than an activity may follow them, on two instances of the app that take turns.</summary>
public sealed class SlicesTests : IAsyncLifetime
{
    private const string Key = "key-of-the-slices-tests";

    /// <summary>Longer than two slices.</summary>
    private const string Slow = "import time\nfor i in range(12):\n  print('tick', i, flush=True)\n  time.sleep(0.25)";

    private static readonly string Ticks = string.Concat(Enumerable.Range(0, 12).Select(i => $"tick {i}\n"));

    private FunctionsHost _machines = null!;
    private LastingCloud _cloud = null!;
    private (string Name, string Value)[] _settings = [];

    public async Task InitializeAsync()
    {
        AzuriteProcess azurite = await AzuriteProcess.GetAsync();
        _settings =
        [
            ("Storage:Azure:ConnectionString", azurite.ConnectionString),
            ("Storage:Azure:Prefix", AzuriteProcess.NewPrefix()),
            ("Secrets:Key", Convert.ToBase64String(new byte[32])),
            ("Auth:Keys:0:Name", "admin"),
            ("Auth:Keys:0:Key", Key),
            ("Auth:Keys:0:Role", "Admin"),
            ("Functions:Slice", "00:00:01"),
            ("Containers:Pool:MaxReady", "0"),
        ];
        _machines = await FunctionsHost.StartAsync(_settings);
        IContainerProvider cells = _machines.Services.GetRequiredService<ContainerProviders>().All[0];
        ProviderHealth health = await cells.CheckAsync(CancellationToken.None);
        Skip.If(!health.IsHealthy, health.Problem);
        _cloud = new LastingCloud(cells, TimeProvider.System);
    }

    public async Task DisposeAsync()
    {
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
        if (_machines is not null)
        {
            await _machines.DisposeAsync();
        }
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_LongerThanItsActivities_IsOneRunWithEachLineOnce(bool lasting)
    {
        await using FunctionsHost there = await StartAsync("there", lasting);
        await using FunctionsHost here = await StartAsync("here", lasting, there);

        (_, JsonElement run) = await here.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = Slow }, Key);

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(Ticks, run.GetProperty("run").GetProperty("stdout").GetString());
        (JsonElement[] entries, string[] messages) = await FeedAsync(here, run);
        Assert.Equal(Ticks, string.Concat(messages.Where(message => message.StartsWith("tick", StringComparison.Ordinal)).Select(message => message + "\n")));
        Assert.Equal(Enumerable.Range(1, entries.Length), entries.Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.DoesNotContain(messages, message => message.StartsWith("Beginning again", StringComparison.Ordinal));
        Assert.True(here.Calls.Count(call => call == "execution-run") >= 3, $"It was one of {string.Join(' ', here.Calls)}.");
        Assert.Equal(lasting ? (1, 0) : (0, 0), (_cloud.Jobs, _cloud.Alive));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_Graded_JudgesEachTestOnce(bool lasting)
    {
        await using FunctionsHost there = await StartAsync("there", lasting);
        await using FunctionsHost here = await StartAsync("here", lasting, there);
        object[] tests = [.. Enumerable.Range(0, 8).Select(i => new { id = $"t{i}", stdin = $"{i}", expected = $"{i * i}" })];

        (_, JsonElement run) = await here.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "import time\ntime.sleep(0.4)\nprint(int(input()) ** 2)", tests, parallel = false }, Key);

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal("accepted", run.GetProperty("verdict").GetString());
        (_, string[] messages) = await FeedAsync(here, run);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"Test t{i}: accepted"), messages.Where(message => message.StartsWith("Test ", StringComparison.Ordinal)));
        Assert.True(here.Calls.Count(call => call == "execution-run") >= 3, $"It was one of {string.Join(' ', here.Calls)}.");
        Assert.Equal(lasting ? (1, 0) : (0, 0), (_cloud.Jobs, _cloud.Alive));
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_WhileNoActivityOrAnotherFollows_EndsTheRun(bool lasting)
    {
        await using FunctionsHost there = await StartAsync("there", lasting);
        await using FunctionsHost here = await StartAsync("here", lasting, there);
        (_, JsonElement accepted) = await here.SendAsync("POST", "/api/executions", new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(120)", limits = new { wallTimeMs = 100000 } }, Key);
        string id = accepted.GetProperty("id").GetString()!;
        await WaitForSecondSliceAsync(here);

        await here.SendAsync("POST", $"/api/executions/{id}/stop", null, Key);
        JsonElement run = await EndOfAsync(here, id);

        Assert.Equal("cancelled", run.GetProperty("status").GetString());
        await here.IdleAsync();
        Assert.Equal(0, _cloud.Alive);
    }

    [SkippableFact]
    public async Task Run_InstanceThatFollowedItEnds_AnotherGoesOnWithTheContainer()
    {
        FunctionsHost there = await StartAsync("there", lasting: true);
        await using FunctionsHost here = await StartAsync("here", lasting: true, there);
        (_, JsonElement accepted) = await here.SendAsync("POST", "/api/executions", new { language = "python", code = Slow }, Key);
        await WaitForSecondSliceAsync(here);

        here.Other = null;
        await there.DisposeAsync();
        JsonElement run = await EndOfAsync(here, accepted.GetProperty("id").GetString()!);

        Assert.Equal(Ticks, run.GetProperty("run").GetProperty("stdout").GetString());
        Assert.Equal(1, _cloud.Jobs);
    }

    private static async Task<JsonElement> EndOfAsync(FunctionsHost host, string id)
    {
        Assert.True(ExecutionId.TryParse(id, out ExecutionId execution));
        await host.Services.GetRequiredService<IExecutionService>().WaitAsync(TenantId.Default, execution, TimeSpan.FromSeconds(60), CancellationToken.None);
        return (await host.SendAsync("GET", $"/api/executions/{id}", null, Key)).Body;
    }

    private static async Task WaitForSecondSliceAsync(FunctionsHost host)
    {
        while (host.Calls.Count(call => call == "execution-run") < 2)
        {
            await Task.Yield();
        }
    }

    private static async Task<(JsonElement[] Entries, string[] Messages)> FeedAsync(FunctionsHost host, JsonElement run)
    {
        (_, JsonElement logs) = await host.SendAsync("GET", $"/api/executions/{run.GetProperty("id").GetString()}/logs?limit=1000", null, Key);
        JsonElement[] entries = [.. logs.GetProperty("items").EnumerateArray()];
        return (entries, [.. entries.Select(entry => entry.GetProperty("message").GetString()!)]);
    }

    private async Task<FunctionsHost> StartAsync(string name, bool lasting, FunctionsHost? other = null)
    {
        FunctionsHost host = await FunctionsHost.StartAsync(_settings, services =>
        {
            if (lasting)
            {
                services.RemoveAll<IContainerProvider>();
                services.AddSingleton<IContainerProvider>(_cloud.Host(name, "cells"));
            }
        });
        host.Other = other;
        return host;
    }
}
