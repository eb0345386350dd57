using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>What every container provider must do.</summary>
public abstract partial class ContainerProviderContract
{
    protected abstract IContainerProvider Provider { get; }

    /// <summary>Why this machine can not run these tests; null if it can.</summary>
    protected abstract string? Obstacle { get; }

    protected abstract ContainerSpec Spec { get; }

    /// <summary>A container with a C compiler, where that is another one.</summary>
    protected virtual ContainerSpec CompilerSpec => Spec;

    /// <summary>What of all containers made so far is left on this machine now: processes, cgroups, folders.</summary>
    protected abstract IReadOnlyList<string> Leftovers();

    public static TheoryData<string> HostileNames => [.. HostilePrograms.All.Where(program => program.Code is not null).Select(program => program.Name)];

    [SkippableFact]
    public async Task RunAsync_Hello_PrintsIt()
    {
        JobResult result = await RunAsync(ContainerHarness.Python("print('hello')"));

        Assert.Equal("hello\n", result.Stdout);
        Assert.Equal("exit 0", HostileProgram.Verdict(result.Case));
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
        Assert.InRange(result.Case.CpuMs, 0.01, 10_000);
        Assert.InRange(result.Case.MemoryBytes, 1 << 20, 256 << 20);
    }

    [SkippableTheory]
    [MemberData(nameof(HostileNames))]
    public async Task RunAsync_HostileProgram_IsContained(string name)
    {
        HostileProgram program = HostilePrograms.All.Single(p => p.Name == name);

        JobResult result = await RunAsync(ContainerHarness.Python(program.Code!, program.Limits));

        HostileProgram.AssertEnded(name, program.Expected, result);
        if (program.Output is { } output)
        {
            Assert.Equal(output, result.Stdout.Trim());
        }

        Assert.Empty(Leftovers());
        Assert.Equal(ContainerHarness.Untouched, (await RunAsync(ContainerHarness.LooksAround)).Stdout.Trim());
        Assert.Null((await Provider.CheckAsync(CancellationToken.None)).Problem);
    }

    [SkippableFact]
    public async Task DisposeAsync_ProgramStillRuns_NothingIsLeft()
    {
        Skip.If(Obstacle is not null, Obstacle);
        IContainer container = await Provider.CreateAsync(Spec, CancellationToken.None);
        using CancellationTokenSource stop = new();
        Job job = ContainerHarness.Python("import os, time\nos.fork(); os.fork()\nprint('up', flush=True)\ntime.sleep(600)");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (RunnerEvent received in container.RunAsync(job, new ContainerLimits(256 << 20, 64, 1), stop.Token))
            {
                if (received is OutputEvent)
                {
                    await stop.CancelAsync();
                }
            }
        });

        await container.DisposeAsync();
        await container.DisposeAsync();

        Assert.Empty(Leftovers());
    }

    [SkippableFact]
    public async Task RunAsync_ManyAtOnce_EachSeesItself()
    {
        Skip.If(Obstacle is not null, Obstacle);
        string[] outputs = await Task.WhenAll(Enumerable.Range(0, 24).Select(async i =>
            (await RunAsync(ContainerHarness.Python($"open('mine', 'w').write('{i}')\nimport os\nprint(open('mine').read(), sorted(os.listdir('.')))"))).Stdout.Trim()));

        Assert.Equal(Enumerable.Range(0, 24).Select(i => $"{i} ['main.py', 'mine']"), outputs);
        Assert.Empty(Leftovers());
    }

    [SkippableFact]
    public async Task RunAsync_NeighbourRunsAtTheSameTime_NothingOfItIsFound()
    {
        Skip.If(Obstacle is not null, Obstacle);
        await using IContainer neighbour = await Provider.CreateAsync(Spec, CancellationToken.None);
        using CancellationTokenSource stop = new();
        TaskCompletionSource up = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task running = FollowAsync();
        await up.Task;

        JobResult result = await RunAsync(ContainerHarness.Python("""
            import ctypes, os, socket
            for folder in ('/workspace', '/tmp', '/dev/shm'):
                if 'planted' in os.listdir(folder): print('file in', folder)
            for pid in filter(str.isdigit, os.listdir('/proc')):
                for part in ('cmdline', 'environ', 'cwd/planted', 'root/tmp/planted'):
                    try:
                        if b'canary' in open(f'/proc/{pid}/{part}', 'rb').read() and int(pid) != os.getpid(): print('process', pid, part)
                    except OSError: pass
            if ctypes.CDLL(None).shmget(0x5eed, 4096, 0) >= 0: print('shared memory')
            try: socket.socket(socket.AF_UNIX).connect('\0canary'); print('socket')
            except OSError: pass
            try: socket.create_connection(('127.0.0.1', 18080), timeout=1); print('port')
            except OSError: pass
            print('end')
            """));

        Assert.Equal("end", result.Stdout.Trim());
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);

        async Task FollowAsync()
        {
            Job job = ContainerHarness.Python("""
                import ctypes, socket, time
                for folder in ('/workspace', '/tmp', '/dev/shm'): open(folder + '/planted', 'w').write('canary')
                ctypes.CDLL(None).shmget(0x5eed, 4096, 0o1666)
                s = socket.socket(socket.AF_UNIX); s.bind('\0canary'); s.listen()
                t = socket.socket(); t.bind(('0.0.0.0', 18080)); t.listen()
                print('up', flush=True)
                time.sleep(60)
                """, args: ["canary"]);
            await foreach (RunnerEvent received in neighbour.RunAsync(job, new ContainerLimits(256 << 20, 64, 1), stop.Token))
            {
                if (received is OutputEvent or CaseEndedEvent)
                {
                    up.TrySetResult();
                }
            }
        }
    }

    [SkippableFact]
    public async Task RunAsync_CompileAndManyCases_OneAfterAnother()
    {
        Job job = new()
        {
            Id = "cases",
            Files = [new JobFile("main.c", Encoding.UTF8.GetBytes("#include <stdio.h>\nint main(void) { int n; if (scanf(\"%d\", &n) != 1) return 1; printf(\"%d\\n\", n * n); return n > 90; }"))],
            Steps =
            [
                new JobStep { Name = "compile", Command = ["gcc", "main.c", "-o", "main"], Environment = ContainerHarness.Environment, Limits = ContainerHarness.Limits with { MemoryBytes = 1L << 30 }, Keep = ["main"] },
                new JobStep
                {
                    Name = "run",
                    Command = ["./main"],
                    Environment = ContainerHarness.Environment,
                    Limits = ContainerHarness.Limits,
                    Cases = [.. Enumerable.Range(0, 100).Select(i => new JobCase { Id = $"{i}", Stdin = Encoding.UTF8.GetBytes($"{i}\n") })],
                    ContinueOnFailure = true,
                },
            ],
        };

        JobResult result = await RunAsync(job, CompilerSpec);

        Assert.Equal(101, result.Cases.Count);
        Assert.All(Enumerable.Range(0, 100), i => Assert.Equal($"{i * i}\n", result.OutputOf($"{i}")));
        Assert.All(result.Cases.Skip(1), ended => Assert.Equal(int.Parse(ended.Case, System.Globalization.CultureInfo.InvariantCulture) > 90 ? 1 : 0, ended.ExitCode));
        Assert.Contains(result.Events, e => e is FileEvent { Path: "main", Purpose: FilePurpose.Kept, Executable: true });
    }

    [SkippableFact]
    public async Task RunAsync_LimitsOfASecondStep_AreItsOwn()
    {
        Job job = ContainerHarness.Python("b = bytearray(100 << 20)\nprint('had it')", ContainerHarness.Limits with { MemoryBytes = 64L << 20 });
        JobStep roomy = job.Steps[0] with { Name = "first", Limits = ContainerHarness.Limits };

        JobResult result = await RunAsync(job with { Steps = [roomy, job.Steps[0]] });

        Assert.Equal(["exit 0", "limit Memory"], result.Cases.Select(HostileProgram.Verdict));
    }

    private async Task<JobResult> RunAsync(Job job, ContainerSpec? spec = null)
    {
        Skip.If(Obstacle is not null, Obstacle);
        await using IContainer container = await Provider.CreateAsync(spec ?? Spec, CancellationToken.None);
        job = Spec.Held is null ? job : job with { Steps = [.. job.Steps.Select(step => step with { Warm = step == job.Steps[0] && step.Command[0] == "python3" })] };
        long memory = job.Steps.Max(step => step.Limits.MemoryBytes);
        List<RunnerEvent> events = [];
        await foreach (RunnerEvent received in container.RunAsync(job, new ContainerLimits(memory + (16L << 20), 72, 2), CancellationToken.None))
        {
            events.Add(received);
        }

        return new JobResult(events);
    }
}
