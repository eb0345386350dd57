using System.Text.Json;
using CodeExec.Containers.Aci.Tests;
using CodeExec.Containers.Aci.Tests.Double;
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
    private AciFixture? _azure;
    private (string Name, string Value)[] _settings = [];

    public enum Containers
    {
        EndWithIt,
        OutliveTheirHost,
        AreGroups,
    }

    private static (string Name, string Value)[] GroupSettings =>
    [
        ("Containers:Provider", "aci"),
        ("Aci:SubscriptionId", ArmDouble.Subscription),
        ("Aci:ResourceGroup", ArmDouble.ResourceGroup),
        ("Aci:Regions:0:Name", "westeurope"),
        ("Aci:Regions:0:ClosedSubnet", AciFixture.Subnet("closed")),
        ("Aci:LookEvery", "00:00:00.050"),
        ("Aci:RestFor", "00:00:00"),
    ];

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
        _azure = new AciFixture();
        await _azure.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        if (_azure is not null)
        {
            await _azure.DisposeAsync();
        }
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
    [InlineData(Containers.OutliveTheirHost)]
    [InlineData(Containers.EndWithIt)]
    [InlineData(Containers.AreGroups)]
    public async Task Run_LongerThanItsActivities_IsOneRunWithEachLineOnce(Containers containers)
    {
        await using FunctionsHost there = await StartAsync("there", containers);
        await using FunctionsHost here = await StartAsync("here", containers, there);

        (_, JsonElement run) = await here.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = Slow }, Key);

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal(Ticks, run.GetProperty("run").GetProperty("stdout").GetString());
        Assert.Equal(containers == Containers.AreGroups, run.GetProperty("cost") is { ValueKind: JsonValueKind.Object } cost && cost.GetProperty("vcpuSeconds").GetDecimal() >= 3); // of the whole run, not of its last slice
        (JsonElement[] entries, string[] messages) = await FeedAsync(here, run);
        Assert.Equal(Ticks, string.Concat(messages.Where(message => message.StartsWith("tick", StringComparison.Ordinal)).Select(message => message + "\n")));
        Assert.Equal(Enumerable.Range(1, entries.Length), entries.Select(entry => entry.GetProperty("sequence").GetInt32()));
        Assert.False(messages.Any(message => message.StartsWith("Beginning again", StringComparison.Ordinal)), $"It began again: {here.Complaints}\n{there.Complaints}");
        Assert.True(here.Calls.Count(call => call == "execution-run") >= 3, $"It was one of {string.Join(' ', here.Calls)}.");
        await here.IdleAsync();
        AssertIsOneJob(containers);
    }

    [SkippableTheory]
    [InlineData(Containers.OutliveTheirHost)]
    [InlineData(Containers.EndWithIt)]
    [InlineData(Containers.AreGroups)]
    public async Task Run_Graded_JudgesEachTestOnce(Containers containers)
    {
        await using FunctionsHost there = await StartAsync("there", containers);
        await using FunctionsHost here = await StartAsync("here", containers, there);
        object[] tests = [.. Enumerable.Range(0, 8).Select(i => new { id = $"t{i}", stdin = $"{i}", expected = $"{i * i}" })];

        (_, JsonElement run) = await here.SendAsync("POST", "/api/executions?wait=60", new { language = "python", code = "import time\ntime.sleep(0.4)\nprint(int(input()) ** 2)", tests, parallel = false }, Key);

        Assert.Equal("completed", run.GetProperty("status").GetString());
        Assert.Equal("accepted", run.GetProperty("verdict").GetString());
        (_, string[] messages) = await FeedAsync(here, run);
        Assert.Equal(Enumerable.Range(0, 8).Select(i => $"Test t{i}: accepted"), messages.Where(message => message.StartsWith("Test ", StringComparison.Ordinal)));
        Assert.True(here.Calls.Count(call => call == "execution-run") >= 3, $"It was one of {string.Join(' ', here.Calls)}.");
        await here.IdleAsync();
        AssertIsOneJob(containers);
    }

    [SkippableTheory]
    [InlineData(Containers.OutliveTheirHost)]
    [InlineData(Containers.EndWithIt)]
    [InlineData(Containers.AreGroups)]
    public async Task Stop_WhileNoActivityOrAnotherFollows_EndsTheRun(Containers containers)
    {
        await using FunctionsHost there = await StartAsync("there", containers);
        await using FunctionsHost here = await StartAsync("here", containers, there);
        (_, JsonElement accepted) = await here.SendAsync("POST", "/api/executions", new { language = "python", code = "import time\nprint('up', flush=True)\ntime.sleep(120)", limits = new { wallTimeMs = 100000 } }, Key);
        string id = accepted.GetProperty("id").GetString()!;
        await WaitForSecondSliceAsync(here);

        await here.SendAsync("POST", $"/api/executions/{id}/stop", null, Key);
        JsonElement run = await EndOfAsync(here, id);

        Assert.Equal("cancelled", run.GetProperty("status").GetString());
        await here.IdleAsync();
        Assert.Equal((0, 0), (_cloud.Alive, _azure!.Arm.Groups.Count));
    }

    [SkippableTheory]
    [InlineData(Containers.OutliveTheirHost)]
    [InlineData(Containers.AreGroups)]
    public async Task Run_InstanceThatFollowedItEnds_AnotherGoesOnWithTheContainer(Containers containers)
    {
        FunctionsHost there = await StartAsync("there", containers);
        await using FunctionsHost here = await StartAsync("here", containers, there);
        (_, JsonElement accepted) = await here.SendAsync("POST", "/api/executions", new { language = "python", code = Slow }, Key);
        await WaitForSecondSliceAsync(here);

        here.Other = null;
        await there.DisposeAsync();
        JsonElement run = await EndOfAsync(here, accepted.GetProperty("id").GetString()!);

        Assert.Equal(Ticks, run.GetProperty("run").GetProperty("stdout").GetString());
        await here.IdleAsync();
        AssertIsOneJob(containers);
    }

    [SkippableTheory]
    [InlineData(Containers.EndWithIt)]
    [InlineData(Containers.AreGroups)]
    public async Task Interact_InstanceThatHadItEnds_AnotherRunsTheTestAgain(Containers containers)
    {
        const string Asks = "for turn in range(12):\n  print(turn, flush=True)\n  assert input() == str(turn * turn)";
        const string Answers = "import sys, time\nfor turn in range(12):\n  print(int(sys.stdin.readline()) ** 2, flush=True)\n  time.sleep(0.25)\nprint('all twelve', file=sys.stderr)";
        FunctionsHost there = await StartAsync("there", containers);
        await using FunctionsHost here = await StartAsync("here", containers, there);
        object submission = new { language = "python", code = Asks, interactor = new { language = "python", code = Answers }, tests = new[] { new { stdin = "" } }, limits = new { wallTimeMs = 30000 } };
        (int status, JsonElement accepted) = await here.SendAsync("POST", "/api/executions", submission, Key);
        Assert.True(status == 202, accepted.ToString());
        await WaitForSecondSliceAsync(here);

        here.Other = null;
        await there.DisposeAsync();
        JsonElement run = await EndOfAsync(here, accepted.GetProperty("id").GetString()!);

        Assert.Equal(("completed", "accepted"), (run.GetProperty("status").GetString(), run.GetProperty("verdict").GetString()));
        Assert.Equal("all twelve", run.GetProperty("tests")[0].GetProperty("message").GetString());
        await here.IdleAsync();
        Assert.Empty(_azure!.Arm.Groups);
    }

    private void AssertIsOneJob(Containers containers)
    {
        Assert.Equal(containers == Containers.OutliveTheirHost ? (1, 0) : (0, 0), (_cloud.Jobs, _cloud.Alive));
        Assert.Equal(containers == Containers.AreGroups ? 1 : 0, _azure!.Arm.Made.Values.Sum(group => group.Jobs));
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

    private async Task<FunctionsHost> StartAsync(string name, Containers containers, FunctionsHost? other = null)
    {
        FunctionsHost host = await FunctionsHost.StartAsync([.. _settings, .. containers == Containers.AreGroups ? GroupSettings : []], services =>
        {
            if (containers == Containers.OutliveTheirHost)
            {
                services.RemoveAll<IContainerProvider>();
                services.AddSingleton<IContainerProvider>(_cloud.Host(name, "cells"));
            }
            services.AddSingleton(_azure!.Connect());
        });
        host.Other = other;
        return host;
    }
}
