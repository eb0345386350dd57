using System.Diagnostics;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Linux;
using CodeExec.Protocol;

namespace CodeExec.Containers.Cells.Tests;

/// <summary>Cells of one template share the process that follows them: what each gets to know is its own, and all it would of a runner of its own.</summary>
public sealed class AttendedCellTests(CellsFixture cells) : IClassFixture<CellsFixture>
{
    [SkippableTheory]
    [InlineData("pass", "exit 0")]
    [InlineData("import sys; sys.exit(7)", "exit 7")]
    [InlineData("import os; os._exit(255)", "exit 255")]
    [InlineData("1/0", "exit 1")]
    [InlineData("import os; os.abort()", "signal 6")]
    [InlineData("import os; os.kill(os.getpid(), 9)", "signal 9")]
    [InlineData("import os; os.kill(os.getpid(), 15)", "signal 15")]
    [InlineData("import os\nif os.fork() == 0: os._exit(9)\nos.wait()\nos._exit(4)", "exit 4")]
    [InlineData("import os\nif os.fork() == 0: os.setsid(); os._exit(9)", "exit 0")]
    [InlineData("import os, signal\nif os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0: signal.pause()\n    os._exit(9)\nos.wait()\nos._exit(5)", "exit 5")]
    [InlineData("import os, signal\nif os.fork() == 0: os.kill(os.getppid(), 9)\nsignal.pause()", "signal 9")]
    [InlineData("import os\nfor _ in range(200):\n    if os.fork() == 0:\n        if os.fork() == 0: os._exit(1)\n        os._exit(2)\n    os.wait()\nos._exit(6)", "exit 6")] // orphans are reaped while it runs, or they would fill its process limit
    [InlineData("import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)", "limit WallTime")]
    public async Task RunAsync_ProgramEndsInItsWay_IsToldAsItWas(string program, string expected)
    {
        JobResult result = await RunAsync(ContainerHarness.Python(program, ContainerHarness.Limits with { WallMs = 3000 }, warm: true));

        Assert.Equal(expected, HostileProgram.Verdict(result.Case));
        Assert.Empty(cells.Leftovers());
    }

    [SkippableFact]
    public async Task RunAsync_ChildHoldsStdout_ResultComesWithTheMainProcess()
    {
        JobResult result = await RunAsync(ContainerHarness.Python("import os, time\nif os.fork() == 0:\n    os.setsid(); time.sleep(600)\nprint('main')", warm: true));

        Assert.Equal("main\n", result.Stdout);
        Assert.Equal("exit 0", HostileProgram.Verdict(result.Case));
        Assert.InRange(result.Case.WallMs, 0, 5000);
        Assert.Empty(cells.Leftovers());
    }

    [SkippableFact]
    public async Task RunAsync_ManyAtOnceAndTwoOfThemAbuse_OthersAreAsEver()
    {
        Task<JobResult> flood = RunAsync(ContainerHarness.Python("while True: print('x' * 10000)", ContainerHarness.Limits with { OutputBytes = 8 << 20 }, warm: true));
        Task<JobResult> bomb = RunAsync(ContainerHarness.Python("import os\nwhile True:\n    try: os.fork()\n    except OSError: pass", ContainerHarness.Limits with { CpuMs = 1000 }, warm: true));
        JobResult[] others = await Task.WhenAll(Enumerable.Range(0, 16).Select(i => RunAsync(ContainerHarness.Python($"import sys; print(sys.stdin.read() + '{i}')", stdin: $"{i}-", warm: true))));

        Assert.Equal(Enumerable.Range(0, 16).Select(i => $"{i}-{i}\n"), others.Select(other => other.Stdout));
        Assert.Equal("limit Output", HostileProgram.Verdict((await flood).Case));
        Assert.Equal("limit CpuTime", HostileProgram.Verdict((await bomb).Case));
        Assert.Empty(cells.Leftovers());
    }

    [SkippableFact]
    public async Task RunAsync_Artifacts_AreSentFromTheCellsWorkspace()
    {
        Job job = ContainerHarness.Python("import os\nopen('out.txt', 'w').write('kept')\nos.symlink('/etc/passwd', 'link.txt')", warm: true) with { Artifacts = ["*.txt"] };

        JobResult result = await RunAsync(job);

        FileEvent file = Assert.Single(result.Events.OfType<FileEvent>());
        Assert.Equal("out.txt", file.Path);
        Assert.Equal("kept"u8.ToArray(), file.Data);
        Assert.Equal("link.txt", Assert.Single(result.Events.OfType<FileRefusedEvent>()).Path);
    }

    [SkippableFact]
    public async Task RunAsync_AttendantDies_CellIsLostAndTheNextIsMade()
    {
        await LoseAsync(() => Attendants().ForEach(pid => Signals.Send(pid, SignalNumber.Kill)));

        Assert.Equal("again\n", (await RunAsync(ContainerHarness.Python("print('again')", warm: true))).Stdout);
    }

    [SkippableFact]
    public async Task CreateAsync_TemplateEndsAtThatMoment_AnotherMakesTheCell()
    {
        Skip.IfNot(Directory.Exists("/sys/fs/cgroup/memory/codeexec"), "the processes of a template are found by cgroup v1 here");
        for (int i = 0; i < 20; i++)
        {
            Assert.Equal("ran\n", (await RunAsync(ContainerHarness.Python("print('ran')", warm: true))).Stdout);
            Signals.Send(Interpreter(), SignalNumber.Kill);
            await using IContainer cell = await cells.Provider.CreateAsync(CellsFixture.Forked, CancellationToken.None);
        }
    }

    [SkippableFact]
    public async Task RunAsync_FirstProcessDies_CellIsLostAndTheNextIsMade()
    {
        await LoseAsync(() => Signals.Send(cells.Leftovers().Select(pid => int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture)).Min(), SignalNumber.Kill));

        Assert.Equal("again\n", (await RunAsync(ContainerHarness.Python("print('again')", warm: true))).Stdout);
    }

    /// <summary>What is lost by our doing is an error that may be tried again, never a verdict.</summary>
    private async Task LoseAsync(Action harm)
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        Skip.IfNot(Directory.Exists("/sys/fs/cgroup/memory/codeexec"), "the processes of a cell are found by cgroup v1 here");
        IContainer container = await cells.Provider.CreateAsync(CellsFixture.Forked, CancellationToken.None);
        await using (container)
        {
            await Assert.ThrowsAsync<ContainerLostException>(async () =>
            {
                await foreach (RunnerEvent received in container.RunAsync(ContainerHarness.Python("import time\nprint('up', flush=True)\ntime.sleep(600)", ContainerHarness.Limits with { WallMs = 60_000 }, warm: true), new ContainerLimits(272 << 20, 72, 2), CancellationToken.None))
                {
                    if (received is OutputEvent)
                    {
                        harm();
                    }
                }
            });
        }

        Assert.Empty(cells.Leftovers());
    }

    /// <summary>Of the template: the last of its jail's processes that began.</summary>
    private int Interpreter()
        => Directory.EnumerateDirectories($"/sys/fs/cgroup/memory/codeexec/{cells.HostName}", "template*")
            .SelectMany(folder => File.ReadAllLines(Path.Combine(folder, "cgroup.procs"))).Max(pid => int.Parse(pid, System.Globalization.CultureInfo.InvariantCulture));

    private List<int> Attendants() =>
    [
        .. Process.GetProcesses().Select(process => process.Id).Where(pid =>
        {
            try
            {
                return File.ReadAllText($"/proc/{pid}/cmdline").Contains("--attend\0", StringComparison.Ordinal) && File.ReadAllText($"/proc/{pid}/cgroup").Contains(cells.HostName, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false; // it has just ended
            }
        }),
    ];

    private async Task<JobResult> RunAsync(Job job)
    {
        Skip.If(cells.Problem is not null, cells.Problem);
        await using IContainer cell = await cells.Provider.CreateAsync(CellsFixture.Forked, CancellationToken.None);
        return await cell.RunAsync(job);
    }
}
