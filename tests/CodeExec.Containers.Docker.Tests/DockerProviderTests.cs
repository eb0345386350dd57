using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Protocol;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Docker.Tests;

public sealed class DockerProviderTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    [SkippableFact]
    public async Task ReapAsync_AnEarlierLifeLeftContainers_RemovesThemAndNobodyElses()
    {
        Skip.If(docker.Problem is not null, docker.Problem);
        await using ServiceProvider earlier = DockerFixture.BuildServices(docker.HostName + "-a");
        IContainer crashed = await earlier.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Held, CancellationToken.None);
        await using IContainer neighbour = await docker.Provider.CreateAsync(DockerFixture.Plain, CancellationToken.None);
        await using ServiceProvider later = DockerFixture.BuildServices(docker.HostName + "-a");

        int count = await later.GetRequiredService<IContainerProvider>().ReapAsync(CancellationToken.None);

        Assert.Equal(1, count);
        Assert.Equal(0, await later.GetRequiredService<IContainerProvider>().ReapAsync(CancellationToken.None));
        Assert.Equal("1\n", (await neighbour.RunAsync(ContainerHarness.Python("print(1)"))).Stdout);
        await crashed.DisposeAsync();
    }

    [SkippableFact]
    public async Task RemoveAsync_ContainerOfAHostThatIsGone_IsListedWithItsOwnerAndThenGone()
    {
        Skip.If(docker.Problem is not null, docker.Problem);
        await using ServiceProvider gone = DockerFixture.BuildServices(docker.HostName + "-g");
        IContainer left = await gone.GetRequiredService<IContainerProvider>().CreateAsync(DockerFixture.Plain, CancellationToken.None);

        OwnedContainer listed = Assert.Single(await docker.Provider.ListAsync(CancellationToken.None), one => one.Id == left.Id);
        await docker.Provider.RemoveAsync(listed.Id, CancellationToken.None);
        await docker.Provider.RemoveAsync(listed.Id, CancellationToken.None);

        Assert.Equal(docker.HostName + "-g", listed.Owner);
        Assert.DoesNotContain(await docker.Provider.ListAsync(CancellationToken.None), one => one.Id == left.Id);
        await left.DisposeAsync();
    }

    [SkippableFact]
    public async Task RunAsync_LimitsOtherThanUsual_AreTheJobs()
    {
        Skip.If(docker.Problem is not null, docker.Problem);
        JobLimits roomy = ContainerHarness.Limits with { MemoryBytes = 512L << 20 };
        await using IContainer container = await docker.Provider.CreateAsync(DockerFixture.Plain, CancellationToken.None);

        JobResult result = await container.RunAsync(ContainerHarness.Python("b = bytearray(400 << 20)\nprint('had it')", roomy));

        Assert.Equal("had it\n", result.Stdout);
        Assert.InRange(result.Case.MemoryBytes, 400L << 20, 528L << 20);
    }

    [SkippableFact]
    public async Task RunAsync_OutOfMemory_IsTheKernelsWordAndTheContainerLives()
    {
        Skip.If(docker.Problem is not null, docker.Problem);
        Job job = ContainerHarness.Python("b = []\nwhile True: b.append(bytearray(8 << 20))");
        JobStep after = ContainerHarness.Python("").Steps[0] with { Name = "after", Command = ["python3", "-c", "print('still here')"] };
        await using IContainer container = await docker.Provider.CreateAsync(DockerFixture.Held, CancellationToken.None);

        JobResult result = await container.RunAsync(job with { Steps = [job.Steps[0] with { ContinueOnFailure = true }, after] });

        Assert.Equal(["limit Memory", "exit 0"], result.Cases.Select(HostileProgram.Verdict));
        Assert.Equal("still here\n", result.Stdout);
    }
}
