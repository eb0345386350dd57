using CodeExec.Containers.Aci.Groups;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>Groups whose host is gone, and what Azure and other hosts do with them meanwhile.</summary>
public sealed class LastingTests : IAsyncLifetime
{
    private const string Counts = "import os, time\nfor i in range(60): print(i, flush=True); time.sleep(0.02)";

    private static readonly string Counted = string.Concat(Enumerable.Range(0, 60).Select(i => $"{i}\n"));

    private readonly AciFixture _azure = new();

    private static CancellationToken None => CancellationToken.None;

    public Task InitializeAsync() => _azure.InitializeAsync();

    [SkippableTheory]
    [InlineData(JobDelivery.Exec)]
    [InlineData(JobDelivery.Secret)]
    public async Task FollowAsync_HostsAreThrownAwayInTheMiddle_NoEventIsLostOrDoubled(JobDelivery delivery)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        List<RunnerEvent> seen = [];
        string id = "";
        for (int host = 0; host < 4; host++)
        {
            await using ServiceProvider services = _azure.NewServices(options => options.Delivery = delivery, $"host-{host}");
            ILastingProvider provider = (ILastingProvider)services.GetRequiredService<IContainerProvider>();
            ILastingContainer container = host == 0 ? await StartAsync(provider, Counts) : (await provider.FindAsync(id, AciFixture.Plain, None))!;
            id = container.Id;
            await foreach (RunnerEvent received in container.FollowAsync(seen.Count == 0 ? 0 : seen[^1].Sequence, None))
            {
                seen.Add(received);
                if (host < 3 && seen.Count % 15 == 0)
                {
                    break; // never disposed: this host is no more
                }
            }

            if (host == 3)
            {
                await container.DisposeAsync();
            }
        }

        Assert.Equal(Counted, new JobResult(seen).Stdout);
        Assert.Equal(Enumerable.Range((int)seen[0].Sequence, seen.Count).Select(i => (long)i), seen.Select(one => one.Sequence));
        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task FollowAsync_LogsNoLongerHaveWhatNobodyFollowed_OutputIsCutAndMarkedByWhoeverHearsTheEnd()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        TaskCompletionSource muchSaid = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _azure.Arm.Faults.LogOfRunning = _azure.Arm.Faults.LogOfEnded = 700;
        _azure.Arm.Faults.OnEvent = (_, said) =>
        {
            if (said.Sequence == 30)
            {
                muchSaid.SetResult();
            }
        };
        ILastingContainer container = await StartAsync(NewHost("a"), Counts);
        List<RunnerEvent> seen = await container.FollowAsync(0, None).TakeWhile(received => received is not OutputEvent).ToListAsync();
        await muchSaid.Task;

        ILastingContainer next = (await NewHost("b").FindAsync(container.Id, AciFixture.Plain, None))!;
        seen.AddRange(await next.FollowAsync(Known(seen), None).Take(1).ToListAsync()); // after the gap: the next host must still know of it
        await using ILastingContainer last = (await NewHost("c").FindAsync(container.Id, AciFixture.Plain, None))!;
        seen.AddRange(await last.FollowAsync(Known(seen), None).ToListAsync());

        JobResult result = new(seen);
        Assert.Equal("exit 0", HostileProgram.Verdict(result.Case));
        Assert.True(result.Case.StdoutTruncated);
        Assert.NotEqual(Counted, result.Stdout);
        Assert.EndsWith("59\n", result.Stdout, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task FindAsync_GroupWasDeployedForSomebodyElseSince_ReturnsNull()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        ILastingProvider here = NewHost("here");
        string before;
        await using (ILastingContainer first = await StartAsync(here, "print(1)"))
        {
            before = first.Id;
            await first.FollowAsync(0, None).ToListAsync();
        }

        await using ILastingContainer second = await StartAsync(here, "print(2)");

        Assert.Equal(GroupId.NameIn(before), AciFixture.NameOf(second));
        Assert.Null(await NewHost("there").FindAsync(before, AciFixture.Plain, None));
        await NewHost("there").RemoveAsync(before, None);
        Assert.Equal("2\n", new JobResult(await second.FollowAsync(0, None).ToListAsync()).Stdout);
    }

    [SkippableTheory]
    [InlineData(JobDelivery.Exec)]
    [InlineData(JobDelivery.Secret)]
    public async Task FindAsync_AzureHasStartedItAgainMeanwhile_ReturnsNull(JobDelivery delivery)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        await using ILastingContainer container = await StartAsync(NewHost("here", delivery), "import time\ntime.sleep(60)");
        Double.DoubleGroup group = _azure.Arm.Groups[AciFixture.NameOf(container)];

        group.Evict();
        while (group.Restarts == 0 || !group.IsRunning)
        {
            group.Look(); // that is how time passes there
            await Task.Yield();
        }

        Assert.Null(await NewHost("there", delivery).FindAsync(container.Id, AciFixture.Plain, None));
    }

    [SkippableFact]
    public async Task ReapAsync_RunGoesOn_OnlyItsGroupIsLeft()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        ILastingProvider here = NewHost("here");
        ILastingContainer running = await StartAsync(here, Counts);
        await StartAsync(here, Counts); // nobody remembers this one
        await here.CreateAsync(AciFixture.Plain, None);

        int removed = await NewHost("here").ReapAsync(new HashSet<string> { running.Id }, None);

        Assert.Equal(2, removed);
        Assert.Equal([AciFixture.NameOf(running)], _azure.Arm.Groups.Keys);
        await running.DisposeAsync();
    }

    [SkippableFact]
    public async Task SweepAsync_RunIsBetweenTwoHosts_ItsGroupStays()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        ILastingContainer running = await StartAsync(NewHost("here"), Counts);
        await using ServiceProvider there = _azure.NewServices(hostName: "there");

        await there.GetServices<IHostedService>().OfType<ExpirySweep>().Single().SweepAsync(None);

        await using ILastingContainer found = (await ((ILastingProvider)there.GetRequiredService<IContainerProvider>()).FindAsync(running.Id, AciFixture.Plain, None))!;
        Assert.Equal(Counted, new JobResult(await found.FollowAsync(0, None).ToListAsync()).Stdout);
    }

    [SkippableFact]
    public async Task CreateAsync_AnotherHostEndedARunOfOurs_ItsPlaceIsFreeAgain()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        await using ServiceProvider services = _azure.NewServices(options => options.MaxGroups = 1, "here");
        ILastingProvider here = (ILastingProvider)services.GetRequiredService<IContainerProvider>();
        ILastingContainer left = await StartAsync(here, "print(1)");
        await Assert.ThrowsAsync<ContainerUnavailableException>(() => here.CreateAsync(AciFixture.Plain, None));

        await (await NewHost("there").FindAsync(left.Id, AciFixture.Plain, None))!.DisposeAsync();
        await services.GetServices<IHostedService>().OfType<ExpirySweep>().Single().SweepAsync(None);

        await using IContainer next = await here.CreateAsync(AciFixture.Plain, None);
        Assert.Single(_azure.Arm.Groups);
    }

    public Task DisposeAsync() => _azure.DisposeAsync();

    private static KnownEvents Known(List<RunnerEvent> events)
    {
        KnownEvents known = new();
        events.ForEach(known.Add);
        return known;
    }

    private ILastingProvider NewHost(string name, JobDelivery delivery = JobDelivery.Exec) => (ILastingProvider)_azure.NewHost(options => options.Delivery = delivery, name);

    private static async Task<ILastingContainer> StartAsync(ILastingProvider host, string code)
    {
        ILastingContainer container = (ILastingContainer)await host.CreateAsync(AciFixture.Plain, None);
        await container.StartAsync(ContainerHarness.Python(code, ContainerHarness.Limits with { WallMs = 120_000 }), new ContainerLimits(272 << 20, 72, 1), None);
        return container;
    }
}
