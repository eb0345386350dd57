using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Docker.Tests;

/// <summary>A program must not be able to tell whether its interpreter waited for it.</summary>
public sealed class HeldInterpreterTests(DockerFixture docker) : IClassFixture<DockerFixture>
{
    public static TheoryData<string> Programs => new()
    {
        "print('hi')",
        "import sys; print(sys.argv, sys.orig_argv, sys.flags, sys.path)",
        "import os; print(sorted(os.environ.items()), os.getcwd())",
        "print(__name__, __file__, sorted(globals()))\n1/0",
        "import sys; print(input()); print(sys.stdin.read(), sys.stdout.encoding, sys.stdout.line_buffering)",
        "import os; print(sorted(os.listdir('/proc/self/fd')))",
        "import sys; print(sorted(sys.modules))",
        "import resource; print(resource.getrlimit(resource.RLIMIT_NOFILE), resource.getrlimit(resource.RLIMIT_CORE), resource.getrlimit(resource.RLIMIT_STACK))",
    };

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task RunAsync_InterpreterWasHeld_ProgramSeesNoDifference(string program)
    {
        Skip.If(docker.Problem is not null, docker.Problem);
        JobResult cold = await RunAsync(DockerFixture.Plain, program, warm: false);
        JobResult held = await RunAsync(DockerFixture.Held, program, warm: true);

        Assert.Equal(Summary(cold), Summary(held));
    }

    [SkippableFact]
    public async Task IsAlive_ContainerWaitsAndIsThenKilled_TellsIt()
    {
        Skip.If(docker.Problem is not null, docker.Problem);
        await using IContainer container = await docker.Provider.CreateAsync(DockerFixture.Held, CancellationToken.None);
        Assert.True(container.IsAlive);

        string id = Assert.Single(docker.Leftovers(), left => left.StartsWith(container.Id, StringComparison.Ordinal));
        await docker.Docker.RemoveContainerAsync(id, CancellationToken.None);

        ContainerLostException lost = await Assert.ThrowsAsync<ContainerLostException>(() => container.RunAsync(ContainerHarness.Python("print(1)", warm: true)));
        Assert.False(lost.OutOfMemory);
        Assert.False(container.IsAlive);
    }

    private async Task<JobResult> RunAsync(ContainerSpec spec, string program, bool warm)
    {
        await using IContainer container = await docker.Provider.CreateAsync(spec, CancellationToken.None);
        return await container.RunAsync(ContainerHarness.Python(program, stdin: "line\nrest\n", warm: warm, args: ["a", "b c"]));
    }

    private static string Summary(JobResult result) => $"exit {result.Case.ExitCode} signal {result.Case.Signal} limit {result.Case.Limit}\n{result.Stdout}\n---\n{result.Stderr}";
}
