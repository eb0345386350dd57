using System.Text;
using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>Limits that are set one by one: each holds what a program does to get around it, its children and threads too.</summary>
public abstract partial class ContainerProviderContract
{
    private const string OpensFiles = """
        def count():
            held = []
            try:
                while len(held) < 5000: held.append(os.open('/dev/null', os.O_RDONLY))
            except OSError as e: assert e.errno == errno.EMFILE, e
            n = len(held)
            for fd in held: os.close(fd)
            return n
        """;

    private const string RaisesLimit = """
        import resource, sys
        kind = getattr(resource, 'RLIMIT_' + sys.argv[1])
        soft, hard = resource.getrlimit(kind)
        for wanted in ((soft + 1, soft + 1), (resource.RLIM_INFINITY, resource.RLIM_INFINITY), (soft + 1, hard)):
            try: resource.setrlimit(kind, wanted); print('raised to', wanted)
            except ValueError: pass
        print(*resource.getrlimit(kind))
        """;

    private const string Recursion = """
        #include <pthread.h>
        #include <stdio.h>
        #include <stdlib.h>
        #include <string.h>
        __attribute__((noinline)) long deep(long n, char *above) {
            char here[1000];
            memset(here, (int)n, sizeof here);
            __asm__ volatile("" ::"r"(here), "r"(above) : "memory");
            long below = n > 0 ? deep(n - 1, here) : 0;
            __asm__ volatile("" ::"r"(here) : "memory");
            return below + 1;
        }
        int main(int argc, char **argv) { printf("%ld\n", deep(atol(argv[1]), argv[0])); return 0; }
        """;

    public static TheoryData<string, string> LimitsThatAreRaised => new()
    {
        { "STACK", $"{8 << 20} {8 << 20}" },
        { "FSIZE", "65536 65536" },
        { "NOFILE", "32 32" },
    };

    [SkippableTheory]
    [MemberData(nameof(LimitsThatAreRaised))]
    public async Task RunAsync_ProgramRaisesALimitThatWasSet_IsNotAllowedTo(string kind, string limits)
    {
        JobResult result = await RunAsync(ContainerHarness.Python(RaisesLimit, ContainerHarness.Limits with { StackBytes = 8 << 20, FileBytes = 64 << 10, OpenFiles = 32 }, args: [kind]));

        Assert.Equal(limits, result.Stdout.Trim());
    }

    [SkippableFact]
    public async Task RunAsync_ProgramRaisesALimitWithItsFirstInstruction_ItsChildrenDoNotGetIt()
    {
        const string AtOnce = """
            #include <stdio.h>
            #include <sys/resource.h>
            #include <sys/wait.h>
            #include <unistd.h>
            int main(void) {
                struct rlimit limit;
                getrlimit(RLIMIT_NOFILE, &limit);
                limit.rlim_cur = limit.rlim_max;
                setrlimit(RLIMIT_NOFILE, &limit);
                if (fork() == 0) { usleep(20000); getrlimit(RLIMIT_NOFILE, &limit); printf("%lu", (unsigned long)limit.rlim_cur); fflush(stdout); _exit(0); }
                wait(NULL);
                return 0;
            }
            """;
        Job job = InC(AtOnce, ContainerHarness.Limits with { OpenFiles = 32 });
        JobStep compile = job.Steps[0] with { Command = [.. job.Steps[0].Command, "-static"] };

        JobResult result = await RunAsync(job with { Steps = [compile, job.Steps[1] with { Cases = [.. Enumerable.Range(0, 20).Select(i => new JobCase { Id = $"{i}" })] }] }, CompilerSpec);

        Assert.Equal(Enumerable.Repeat("32", 20), Enumerable.Range(0, 20).Select(i => result.OutputOf($"{i}")));
    }

    [SkippableFact]
    public async Task RunAsync_NoStackIsAskedFor_AProgramMayHaveMore()
    {
        JobResult result = await RunAsync(ContainerHarness.Python("import resource\nresource.setrlimit(resource.RLIMIT_STACK, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))\nprint('ok')"));

        Assert.Equal("ok", result.Stdout.Trim());
    }

    [SkippableTheory]
    [InlineData(200_000, 8, "signal 11")] // two hundred megabytes of frames
    [InlineData(200_000, 512, "exit 0")]
    [InlineData(5_000, 8, "exit 0")]
    public async Task RunAsync_DeepRecursionInC_EndsWhereItsStackDoes(int depth, int stackMb, string expected)
    {
        JobLimits limits = ContainerHarness.Limits with { MemoryBytes = 512L << 20, StackBytes = (long)stackMb << 20 };

        JobResult result = await RunAsync(InC(Recursion, limits, $"{depth}"), CompilerSpec);

        HostileProgram.AssertEnded($"{depth} frames in {stackMb} MB", expected, result);
    }

    [SkippableFact]
    public async Task RunAsync_RecursionWithoutEndAndNoStackAskedFor_HasUsedUpItsMemory()
    {
        JobResult result = await RunAsync(InC(Recursion, ContainerHarness.Limits with { MemoryBytes = 64 << 20 }, "100000000"), CompilerSpec);

        HostileProgram.AssertEnded("recursion without end", "limit Memory", result);
    }

    [SkippableFact]
    public async Task RunAsync_SmallestStack_IsNotTheRunners()
    {
        JobLimits limits = ContainerHarness.Limits with { StackBytes = 64 << 10 };

        JobResult result = await RunAsync(InC(Recursion, limits, "10"), CompilerSpec);

        Assert.Equal(("exit 0", "11\n"), (HostileProgram.Verdict(result.Case), result.OutputOf("")));
    }

    [SkippableTheory]
    [InlineData("os.write(os.open('f', os.O_CREAT | os.O_WRONLY), bytes(65536))", "exit 0")]
    [InlineData("fd = os.open('f', os.O_CREAT | os.O_WRONLY)\nos.write(fd, bytes(65536))\nos.write(fd, b'x')", "limit FileSize")]
    [InlineData("fd = os.open('f', os.O_CREAT | os.O_WRONLY)\nos.truncate(fd, 65537)", "exit 1")] // nothing is left to see it by
    [InlineData("import signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_DFL)\nos.truncate(os.open('f', os.O_CREAT | os.O_WRONLY), 65537)", "limit FileSize")]
    [InlineData("import threading\ndef write():\n    try: open('a/f', 'wb', 0).write(bytes(65537))\n    except OSError: pass\nos.mkdir('a')\nt = threading.Thread(target=write); t.start(); t.join()\nassert os.path.getsize('a/f') <= 65536\nraise SystemExit(3)", "limit FileSize")]
    [InlineData("if os.fork() == 0:\n    os.write(os.open('f', os.O_CREAT | os.O_WRONLY), bytes(1 << 20))\n    os._exit(0)\nos.wait()\nraise SystemExit(os.path.getsize('f') != 65536)", "exit 0")]
    [InlineData("for i in range(20): os.write(os.open(str(i), os.O_CREAT | os.O_WRONLY), bytes(65536))", "exit 0")] // each for itself
    public async Task RunAsync_FileLargerThanItsLimit_IsRefusedAndSaid(string code, string expected)
    {
        JobResult result = await RunAsync(ContainerHarness.Python("import os\n" + code, ContainerHarness.Limits with { FileBytes = 64 << 10 }));

        HostileProgram.AssertEnded(code, expected, result);
    }

    [SkippableTheory]
    [InlineData("print(count())")]
    [InlineData("if os.fork() == 0:\n    print(count(), flush=True); os._exit(0)\nos.wait()")]
    [InlineData("import threading\nt = threading.Thread(target=lambda: print(count())); t.start(); t.join()")]
    public async Task RunAsync_ManyOpenFiles_EndAtTheirLimit(string code)
    {
        JobResult result = await RunAsync(ContainerHarness.Python($"import os, errno\n{OpensFiles}\n{code}", ContainerHarness.Limits with { OpenFiles = 32 }));

        Assert.Equal("29", result.Stdout.Trim()); // and stdin, stdout, stderr
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)] // after a step that may have all
    public async Task RunAsync_PartOfAProcessor_IsAllThatAllItsProcessesGet(bool later)
    {
        const double Cpus = 0.3;
        Skip.If(Obstacle is not null, Obstacle);
        await using IContainer container = await Provider.CreateAsync(Spec, CancellationToken.None);
        const string Spin = "import os, threading, time\nos.fork(); os.fork()\nend = time.monotonic() + 1.5\ndef spin():\n    while time.monotonic() < end: pass\nthreading.Thread(target=spin).start()\nspin()";
        Job job = ContainerHarness.Python(Spin, ContainerHarness.Limits with { Cpus = Cpus }, warm: Spec.Held is not null);
        job = later ? job with { Steps = [job.Steps[0] with { Name = "first", Command = ["true"], Warm = false, Limits = ContainerHarness.Limits }, job.Steps[0] with { Warm = false }] } : job;

        JobResult result = await container.RunAsync(job);

        if (!container.HoldsCpus(Cpus))
        {
            Assert.Contains("without a processor quota", JobIsolation.Of(container, job), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(container.Isolation, JobIsolation.Of(container, job));
        Assert.Equal("exit 0", HostileProgram.Verdict(result.Case));
        Assert.InRange(result.Case.CpuMs / result.Case.WallMs, 0, Cpus + 0.2); // the kernel gives it out in slices, and the last is not counted back
    }

    [SkippableTheory]
    [InlineData("while time.process_time() < 0.6: pass\nprint('done')", "limit CpuTime", "done", 400)] // by itself, so that it is seen how long it takes
    [InlineData("while True: pass", "limit CpuTime", "", 1_400)]
    [InlineData("if os.fork() == 0:\n    while time.process_time() < 0.6: pass\n    print('done', flush=True); os._exit(0)\nos.wait()", "limit CpuTime", "done", 400)]
    [InlineData("while time.process_time() < 0.6: pass\nb = bytearray(400 << 20)", "limit CpuTime", "", 400)] // that came after
    [InlineData("while time.process_time() < 0.6: pass\nos.kill(os.getpid(), 9)", "limit CpuTime", "", 400)]
    [InlineData("while time.process_time() < 0.1: pass\nprint('done')", "exit 0", "done", 0)]
    public async Task RunAsync_GraceAfterTheCpuTime_VerdictIsTheSameAndTheTrueTimeIsSeen(string code, string expected, string output, double leastCpuMs)
    {
        JobLimits limits = ContainerHarness.Limits with { CpuMs = 400, GraceMs = 1_000, WallMs = 30_000 };

        JobResult result = await RunAsync(ContainerHarness.Python("import os, time\n" + code, limits));

        HostileProgram.AssertEnded(code, expected, result);
        Assert.Equal(output, result.Stdout.Trim());
        Assert.True(result.Case.CpuMs >= leastCpuMs, $"{result.Case.CpuMs} ms");
    }

    [SkippableFact]
    public async Task RunAsync_GraceAfterTheWallTime_VerdictIsTheSameAndTheTrueTimeIsSeen()
    {
        JobLimits limits = ContainerHarness.Limits with { WallMs = 300, GraceMs = 60_000 };

        JobResult result = await RunAsync(ContainerHarness.Python("import time\ntime.sleep(0.5)\nprint('done')", limits));

        Assert.Equal(("limit WallTime", "done"), (HostileProgram.Verdict(result.Case), result.Stdout.Trim()));
        Assert.True(result.Case.WallMs >= 500, $"{result.Case.WallMs} ms");
    }

    [SkippableTheory]
    [InlineData(9, "0 0 0 0")]
    [InlineData(3, "0 0 7")] // after a run that failed no other, but the next case
    public async Task RunAsync_CaseThatIsRunOften_BeginsEachTimeInTheSameWorkspaceUpToAFailure(int failing, string expected)
    {
        // Time stamps are not put back: they tell a program which run it is.
        Job job = ContainerHarness.Python($"""
            import os, sys
            t = int(os.stat('main.py').st_mtime)
            run = t + 1 if t < 100 else 1
            os.utime('main.py', (run, run))
            print(run, os.listdir('.'), os.listdir('/tmp'))
            open('left', 'w'), open('/tmp/left', 'w')
            sys.exit(7 * (run == {failing}))
            """);
        job = job with { Steps = [job.Steps[0] with { Cases = [new JobCase { Id = "often", Runs = 4 }, new JobCase { Id = "once" }], RestoreWorkspace = true, ContinueOnFailure = true }] };

        JobResult result = await RunAsync(job);

        CaseEndedEvent[] often = [.. result.Cases.Where(ended => ended.Case == "often")];
        Assert.Equal(expected, string.Join(' ', often.Select(ended => ended.ExitCode)));
        Assert.Equal(string.Concat(Enumerable.Range(1, often.Length).Select(run => $"{run} ['main.py'] []\n")), result.OutputOf("often"));
        Assert.Equal(often.Length, result.Events.OfType<CaseStartedEvent>().Count(started => started.Case == "often"));
        Assert.Equal(("once", 0), (result.Case.Case, result.Case.ExitCode));
    }

    private static Job InC(string code, JobLimits limits, params string[] args) => new()
    {
        Id = "c",
        Files = [new JobFile("main.c", Encoding.UTF8.GetBytes(code))],
        Steps =
        [
            new JobStep { Name = "compile", Command = ["gcc", "-O1", "main.c", "-o", "main", "-pthread"], Environment = ContainerHarness.Environment, Limits = ContainerHarness.Limits with { MemoryBytes = 512L << 20 } },
            new JobStep { Name = "run", Command = ["./main"], Environment = ContainerHarness.Environment, Limits = limits, Cases = [new JobCase { Id = "", Arguments = args }] },
        ],
    };
}
