using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>What a provider must do whose containers outlive the host that made them. Two hosts share it.</summary>
public abstract class LastingProviderContract
{
    private static readonly ContainerLimits Limits = new((256L + 16) << 20, 72, 1);

    /// <summary>Says something, and waits until a file comes into being that never does.</summary>
    private static Job Unending => ContainerHarness.Python("import os, time\nprint('up', flush=True)\nwhile not os.path.exists('end'): time.sleep(0.05)");

    private static Job Lines => ContainerHarness.Python("for i in range(200): print(i, flush=True)");

    protected abstract ILastingProvider Here { get; }

    protected abstract ILastingProvider There { get; }

    /// <summary>The name of <see cref="Here"/> as an owner.</summary>
    protected abstract string NameOfHere { get; }

    protected abstract string? Obstacle { get; }

    protected abstract ContainerSpec Spec { get; }

    private static CancellationToken None => CancellationToken.None;

    [SkippableFact]
    public async Task RunAsync_Job_RunsAsInAnyContainer()
    {
        await using ILastingContainer container = await CreateAsync();

        JobResult result = await container.RunAsync(ContainerHarness.Python("print('hello')"));

        Assert.Equal("hello\n", result.Stdout);
    }

    [SkippableFact]
    public async Task FollowAsync_AfterAnEvent_YieldsTheLaterOnesWithoutAGap()
    {
        await using ILastingContainer container = await CreateAsync();
        await container.StartAsync(Lines, Limits, None);
        List<RunnerEvent> all = await container.FollowAsync(0, None).ToListAsync();

        List<RunnerEvent> later = await container.FollowAsync(all[2].Sequence, None).ToListAsync();

        Assert.IsType<JobEndedEvent>(all[^1]);
        Assert.Equal(all.Skip(3).Select(one => one.Sequence), later.Select(one => one.Sequence));
        Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}\n")), new JobResult(all).Stdout);
    }

    [SkippableFact]
    public async Task FindAsync_FollowerLeftInTheMiddle_AnotherHostFollowsFromThere()
    {
        ILastingContainer container = await CreateAsync();
        await container.StartAsync(Lines, Limits, None);
        List<RunnerEvent> seen = [];
        await foreach (RunnerEvent received in container.FollowAsync(0, None))
        {
            seen.Add(received);
            if (received is OutputEvent)
            {
                break;
            }
        }

        await using ILastingContainer found = (await There.FindAsync(container.Id, Spec, None))!;
        seen.AddRange(await found.FollowAsync(seen[^1].Sequence, None).ToListAsync());

        Assert.Equal(string.Concat(Enumerable.Range(0, 200).Select(i => $"{i}\n")), new JobResult(seen).Stdout);
        Assert.Equal(Enumerable.Range((int)seen[0].Sequence, seen.Count).Select(i => (long)i), seen.Select(one => one.Sequence));
        Assert.Equal((container.Id, Spec), (found.Id, found.Spec));
    }

    [SkippableFact]
    public async Task FollowAsync_Cancelled_LeavesTheContainerAsItIs()
    {
        ILastingContainer container = await CreateAsync();
        await container.StartAsync(Unending, Limits, None);
        using CancellationTokenSource leave = new();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RunnerEvent received in container.FollowAsync(0, leave.Token))
            {
                if (received is OutputEvent)
                {
                    await leave.CancelAsync();
                }
            }
        });

        await using ILastingContainer? found = await There.FindAsync(container.Id, Spec, None);

        Assert.NotNull(found);
        Assert.Equal("up\n", new JobResult(await found.FollowAsync(0, None).TakeWhile(one => one is not OutputEvent).Concat(
            found.FollowAsync(0, None).Where(one => one is OutputEvent).Take(1)).ToListAsync()).Stdout);
    }

    [SkippableFact]
    public async Task DisposeAsync_FoundByAnotherHost_EndsIt()
    {
        ILastingContainer container = await CreateAsync();
        await container.StartAsync(Unending, Limits, None);
        ILastingContainer found = (await There.FindAsync(container.Id, Spec, None))!;
        Task following = container.FollowAsync(0, None).ToListAsync().AsTask();

        await found.DisposeAsync();

        await Assert.ThrowsAsync<ContainerLostException>(() => following);
        Assert.Null(await Here.FindAsync(container.Id, Spec, None));
        await container.DisposeAsync(); // twice is harmless
    }

    [SkippableFact]
    public async Task FindAsync_NoJobOrNoContainer_ReturnsNull()
    {
        await using ILastingContainer waiting = await CreateAsync();

        Assert.Null(await There.FindAsync(waiting.Id, Spec, None));
        Assert.Null(await There.FindAsync("0123456789abcdef0123456789abcdef", Spec, None));
    }

    [SkippableFact]
    public async Task RemoveAsync_ContainerOfAnotherHost_IsListedWithItsOwnerAndThenGone()
    {
        ILastingContainer container = await CreateAsync();
        await container.StartAsync(Unending, Limits, None);

        OwnedContainer listed = Assert.Single(await There.ListAsync(None), one => one.Id == container.Id);
        await There.RemoveAsync(listed.Id, None);
        await There.RemoveAsync(listed.Id, None);

        Assert.Equal(NameOfHere, listed.Owner);
        Assert.DoesNotContain(await Here.ListAsync(None), one => one.Id == container.Id);
        Assert.Null(await Here.FindAsync(container.Id, Spec, None));
    }

    private async Task<ILastingContainer> CreateAsync()
    {
        Skip.If(Obstacle is not null, Obstacle);
        return Assert.IsAssignableFrom<ILastingContainer>(await Here.CreateAsync(Spec, None));
    }
}
