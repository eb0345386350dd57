using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>What Azure does to groups, and what must come of it.</summary>
public sealed class FailureTests : IAsyncLifetime
{
    private const string Counts = "import time\nfor i in range(40): print(i, flush=True); time.sleep(0.01)";

    private readonly AciFixture _azure = new();

    private static string Counted => string.Concat(Enumerable.Range(0, 40).Select(i => $"{i}\n"));

    private ArmFaults Faults => _azure.Arm.Faults;

    public Task InitializeAsync() => _azure.InitializeAsync();

    [SkippableFact]
    public async Task CreateAsync_ImageCanNotBePulled_SaysWhyAndLeavesNothing()
    {
        Faults.FailedPull = "manifest unknown";

        ContainerUnavailableException e = await FailsToCreateAsync(_azure.NewHost());

        Assert.Contains("manifest unknown", e.Message, StringComparison.Ordinal);
        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task CreateAsync_ProvisioningFails_TheGroupThatIsThereAllTheSameIsRemoved()
    {
        Faults.FailsToProvision = true;

        await FailsToCreateAsync(_azure.NewHost());

        Assert.Single(_azure.Arm.Made);
        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task CreateAsync_NeverReady_GivesUpInTimeAndLeavesNothing()
    {
        Faults.LooksUntilItRuns = int.MaxValue;
        IContainerProvider host = _azure.NewHost(options => options.StartTimeout = TimeSpan.FromSeconds(1));

        ContainerUnavailableException e = await FailsToCreateAsync(host);

        Assert.Contains("Aci:StartTimeout", e.Message, StringComparison.Ordinal);
        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task CreateAsync_AzureStumblesNowAndThen_IsTriedAgain()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.ServerErrors = 2;

        Assert.Equal("1\n", (await RunAsync(_azure.NewHost(), "print(1)")).Stdout);
    }

    [SkippableTheory]
    [InlineData(JobDelivery.Exec)]
    [InlineData(JobDelivery.Secret)]
    public async Task RunAsync_ConnectionDropsAgainAndAgain_NothingIsMissing(JobDelivery delivery)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        int drops = 0;
        Faults.OnEvent = (group, said) =>
        {
            if (said is OutputEvent && said.Sequence % 7 == 0)
            {
                drops++;
                group.Output.DropConnections();
            }
        };

        JobResult result = await RunAsync(_azure.NewHost(options => options.Delivery = delivery), Counts);

        Assert.Equal(Counted, result.Stdout);
        Assert.False(result.Case.StdoutTruncated);
        Assert.InRange(drops, 1, 40);
    }

    [SkippableFact]
    public async Task RunAsync_LogsNoLongerHaveWhatWasMissed_OutputIsCutAndMarked()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        NobodyHearsUntilTheEnd();

        JobResult result = await RunAsync(_azure.NewHost(), Counts);

        Assert.Equal("exit 0", HostileProgram.Verdict(result.Case));
        Assert.True(result.Case.StdoutTruncated);
        Assert.NotEqual(Counted, result.Stdout);
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
    }

    [SkippableFact]
    public async Task RunAsync_ResultsMayBeAmongWhatWasMissed_IsLostAndNotGuessed()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        NobodyHearsUntilTheEnd();
        Job job = ContainerHarness.Python(Counts);
        job = job with { Steps = [job.Steps[0] with { Cases = [new JobCase { Id = "a" }, new JobCase { Id = "b" }] }] };

        await using IContainer container = await _azure.NewHost().CreateAsync(AciFixture.Plain, CancellationToken.None);

        Assert.False((await Assert.ThrowsAsync<ContainerLostException>(() => container.RunAsync(job))).OutOfMemory);
    }

    [SkippableFact]
    public async Task RunAsync_JobIsAFileAndItsGroupOverBeforeAnybodyListens_WhatComesBackIsThereAndNothingRunsTwice()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.LogOfRunning = 4 << 20;
        Faults.LogOfEnded = 700;
        Faults.OnEvent = (group, _) => Faults.RefusesAttach = group.Command.Contains("--job"); // who was made with a job is never heard
        Job job = ContainerHarness.Python("open('made', 'w').write('y' * 100_000)") with { Artifacts = ["made"] };

        await using IContainer container = await _azure.NewHost(options => options.Delivery = JobDelivery.Secret).CreateAsync(AciFixture.Plain, CancellationToken.None);
        JobResult result = await container.RunAsync(job);

        Assert.Equal(100_000, result.Events.OfType<FileEvent>().Sum(file => file.Data.Length));
        Assert.Equal(1, _azure.Arm.Made.Values.Single().Jobs);
    }

    [SkippableFact]
    public async Task RunAsync_GroupVanishes_IsLost()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.OnEvent = (group, said) =>
        {
            if (said is OutputEvent)
            {
                _azure.Arm.Vanish(group.Name);
            }
        };

        ContainerLostException e = await LosesAsync(JobDelivery.Exec);

        Assert.Contains("vanished", e.Message, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(JobDelivery.Exec)]
    [InlineData(JobDelivery.Secret)]
    public async Task RunAsync_SpotGroupIsTakenBackAndStartedAgain_IsLostAndNotRunTwice(JobDelivery delivery)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        int starts = 0;
        Faults.OnEvent = (group, said) =>
        {
            starts += said is CaseStartedEvent ? 1 : 0;
            if (said is OutputEvent && group.Restarts == 0)
            {
                group.Evict();
            }
        };

        await LosesAsync(delivery);

        Assert.Empty(_azure.Arm.Groups);
        Assert.InRange(starts, 1, delivery == JobDelivery.Exec ? 1 : 2); // the second run of a job that is a file ends with its group, and nobody hears of it
    }

    [SkippableTheory]
    [InlineData("OOMKilled", true)]
    [InlineData("Error", false)]
    public async Task RunAsync_ContainerIsKilled_OutOfMemoryIsWhatAzureSays(string detail, bool outOfMemory)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.OnEvent = (group, said) =>
        {
            if (said is OutputEvent)
            {
                group.Kill(detail);
            }
        };

        ContainerLostException e = await LosesAsync(JobDelivery.Exec);

        Assert.Equal(outOfMemory, e.OutOfMemory);
        Assert.Contains("exit code 137", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RunAsync_ExecHangsUp_NothingWasRun()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.ExecHangsUp = true;

        ContainerLostException e = await LosesAsync(JobDelivery.Exec);

        Assert.Contains("took no job", e.Message, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task RunAsync_TerminalBreaksWhileAProgramIsSpokenTo_IsLost()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        using CancellationTokenSource breaks = new();
        Faults.TerminalsBreak = breaks.Token;
        await using IContainer container = await _azure.NewHost().CreateAsync(AciFixture.Plain, CancellationToken.None);
        Job job = ContainerHarness.Python("print('up', flush=True)\nprint(input())", ContainerHarness.Limits with { WallMs = 120_000 });
        job = job with { Steps = [job.Steps[0] with { Cases = [new JobCase { Id = "", Live = true }] }] };

        ContainerLostException e = await Assert.ThrowsAsync<ContainerLostException>(async () =>
        {
            await foreach (RunnerEvent received in container.RunAsync(job, new ContainerLimits(272 << 20, 72, 1), CancellationToken.None))
            {
                if (received is OutputEvent)
                {
                    await breaks.CancelAsync();
                }
            }
        });

        Assert.Contains("way in", e.Message, StringComparison.Ordinal);
        Assert.False(await container.SendAsync(new RunnerCommand(RunnerCommand.EndOfStdin), CancellationToken.None));
    }

    [SkippableFact]
    public async Task IsAlive_WaitingGroupVanishes_TurnsFalse()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        await using IContainer container = await _azure.NewHost().CreateAsync(AciFixture.Plain, CancellationToken.None);
        Assert.True(container.IsAlive);

        _azure.Arm.Vanish(AciFixture.NameOf(container));

        while (container.IsAlive)
        {
            await Task.Yield();
        }
    }

    public Task DisposeAsync() => _azure.DisposeAsync();

    // Azure keeps less of a log than the program printed meanwhile.
    private void NobodyHearsUntilTheEnd()
    {
        Faults.LogOfRunning = Faults.LogOfEnded = 700;
        Faults.OnEvent = (group, said) =>
        {
            if (said is CaseStartedEvent)
            {
                Faults.RefusesAttach = true;
            }

            if (said is OutputEvent && said.Sequence == 6)
            {
                group.Output.DropConnections();
            }
        };
    }

    private async Task<ContainerLostException> LosesAsync(JobDelivery delivery)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        return await Assert.ThrowsAsync<ContainerLostException>(() => RunAsync(_azure.NewHost(options => options.Delivery = delivery), "import time\nprint('up', flush=True)\ntime.sleep(60)"));
    }

    private async Task<ContainerUnavailableException> FailsToCreateAsync(IContainerProvider host)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        return await Assert.ThrowsAsync<ContainerUnavailableException>(() => host.CreateAsync(AciFixture.Plain, CancellationToken.None));
    }

    private static async Task<JobResult> RunAsync(IContainerProvider host, string code)
    {
        await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);
        return await container.RunAsync(ContainerHarness.Python(code, ContainerHarness.Limits with { WallMs = 120_000 }));
    }
}
