using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Programs;

/// <summary>Programs that try to outlive their case, or to get at the runner.</summary>
public sealed class EscapeTests
{
    /// <summary>Forks twice, leaves the session, ignores what can be ignored, drops its environment, and keeps stdout open.</summary>
    private const string Daemon = """
        import os, signal, sys
        for s in range(1, 65):
            try: signal.signal(s, signal.SIG_IGN)
            except (OSError, ValueError): pass
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                os.setsid()
                os.execve('/bin/sleep', ['sleep', sys.argv[1]], {})
            os._exit(0)
        print('parent done')
        """;

    /// <summary>A chain whose every member starts the next before it goes.</summary>
    private const string Chain = """
        import os, sys, time
        if os.fork() == 0:
            while True:
                if os.fork() != 0: os._exit(0)
                os.setsid()
                time.sleep(0.0005)
        print('parent done')
        """;

    [SkippableTheory]
    [InlineData(Place.Plain, 1)]
    [InlineData(Place.Plain, 2)]
    [InlineData(Place.Jail, 1)]
    [InlineData(Place.Jail, 2)]
    public async Task Daemon_HoldingStdout_NeitherDelaysTheResultNorOutlivesIt(Place place, int parallelism)
    {
        string seconds = $"31{Random.Shared.Next(100_000, 999_999)}";
        JobStep daemons = TestJobs.Step(TestJobs.SystemPython, "-c", Daemon, seconds) with { Parallelism = parallelism };
        JobStep look = TestJobs.Shell("for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f; echo; done; true") with { Name = "look" };
        Job job = TestJobs.Of([daemons.WithCases(4), look]);

        JobResult result = await RunnerSession.RunAsync(place, job);

        Assert.Equal(4, result.Cases.Count(ended => ended.Step == "run" && ended is { ExitCode: 0, Limit: null }));
        Assert.All(result.Cases, ended => Assert.True(ended.WallMs < 20_000));
        Assert.DoesNotContain($"sleep {seconds}", result.Text(OutputStream.Stdout, step: "look"), StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task RespawningChain_IsEndedWithItsCase(Place place)
    {
        string tag = $"chain{Random.Shared.Next()}";
        JobStep chain = TestJobs.Step(TestJobs.SystemPython, "-c", Chain, tag);
        JobStep look = TestJobs.Shell("for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f; echo; done 2>/dev/null; true") with { Name = "look" };

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Of([chain, look]));

        Assert.Equal("parent done\n", result.Text(OutputStream.Stdout, step: "run"));
        Assert.DoesNotContain(tag, result.Text(OutputStream.Stdout, step: "look"), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task ForkBomb_IsEndedAndTheNextCaseIsNormal()
    {
        const string Bomb = "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass";
        Job job = TestJobs.Of([
            TestJobs.Python(Bomb).WithLimits(limits => limits with { Processes = 50, CpuMs = 3000 }) with { Name = "bomb", ContinueOnFailure = true },
            TestJobs.Step("echo", "fine")]);

        JobResult result = await RunnerSession.RunAsync(Place.Jail, job);

        Assert.Contains(result.Cases[0].Limit, new LimitKind?[] { LimitKind.Processes, LimitKind.CpuTime });
        Assert.Equal("fine\n", result.Text(OutputStream.Stdout, step: "run"));
    }

    [SkippableFact]
    public async Task EverySignalToTheRunner_HasNoEffect()
    {
        const string Script = """
            import os, time
            for round in range(20):
                for s in range(1, 65):
                    try: os.kill(1, s)
                    except OSError: pass
            os.kill(os.getppid(), 9)
            print('still here')
            """;
        Job job = TestJobs.Of([TestJobs.Python(Script), TestJobs.Step("echo", "and here")]);

        JobResult result = await RunnerSession.RunAsync(Place.Jail, job);

        Assert.Equal("still here\nand here\n", result.Stdout);
        Assert.Equal(0, result.ExitCode);
    }

    [SkippableFact]
    public async Task SignalsToTheRunnerWhileItWorks_HaveNoEffect()
    {
        const string Script = """
            import os, signal, sys
            for s in (1, 2, 3, 5, 8, 10, 11, 12, 15, 34, 36, 40, 64):
                if os.fork() == 0:
                    for i in range(20000): os.kill(1, s)
                    os._exit(0)
            for i in range(20000): os.write(1, b'0123456789\n')
            """;

        JobResult result = await RunnerSession.RunAsync(Place.Jail, TestJobs.Python(Script).ToJob());

        Assert.Equal((0, 220_000L), (result.Case.ExitCode, result.Case.StdoutBytes));
        Assert.Equal(0, result.ExitCode);
    }

    [SkippableFact]
    public async Task SignalToEverybody_EndsOnlyTheProgramsOwn()
    {
        Job job = TestJobs.Of([
            TestJobs.Python("import os, time; os.fork(); os.kill(-1, 9); time.sleep(1)") with { ContinueOnFailure = true },
            TestJobs.Step("echo", "next")]);

        JobResult result = await RunnerSession.RunAsync(Place.Jail, job);

        Assert.Equal("next\n", result.Stdout);
        Assert.All(result.Cases, ended => Assert.Null(ended.Limit));
    }

    [SkippableTheory]
    [InlineData("open('/proc/1/fd/1', 'w').write('{\"type\":\"jobEnded\",\"seq\":4,\"stopped\":false}\\n')")]
    [InlineData("open('/proc/1/mem', 'r+b').read(1)")]
    [InlineData("open('/proc/1/environ').read()")]
    [InlineData("import os; os.listdir('/proc/1/fd')")]
    [InlineData("import os; os.readlink('/proc/1/exe')")]
    [InlineData("open('/proc/1/oom_score_adj', 'w').write('1000')")]
    [InlineData("import ctypes, os; l = ctypes.CDLL(None, use_errno=True)\nif l.ptrace(16, 1, 0, 0) == -1: raise PermissionError(ctypes.get_errno())")]
    [InlineData("import ctypes, os; l = ctypes.CDLL(None, use_errno=True)\nfd = l.syscall(434, 1, 0)\nif l.syscall(438, fd, 1, 0) == -1: raise PermissionError(ctypes.get_errno())")]
    [InlineData("import resource; resource.prlimit(1, resource.RLIMIT_CPU, (0, 0))")]
    [InlineData("import resource; resource.prlimit(2, resource.RLIMIT_CPU, (0, 0))")]
    [InlineData("import os; os.setpriority(os.PRIO_PROCESS, 1, 19)")]
    [InlineData("import os; os.setpriority(os.PRIO_USER, 0, 19)")]
    [InlineData("import os; os.sched_setscheduler(1, os.SCHED_IDLE, os.sched_param(0))")]
    [InlineData("import os; os.sched_setscheduler(2, os.SCHED_IDLE, os.sched_param(0))")]
    [InlineData("import os; os.sched_setaffinity(1, [0])")]
    [InlineData("import ctypes; l = ctypes.CDLL(None, use_errno=True)\nif l.syscall(302, ctypes.c_ulong((1 << 32) + 1), 0, (ctypes.c_ulong * 2)(0, 0), 0) == -1: raise PermissionError(ctypes.get_errno())")]
    public async Task ReachingForTheRunner_IsRefused(string attempt)
    {
        string script = $"try:\n{string.Join('\n', attempt.Split('\n').Select(line => "  " + line))}\n  print('reached')\nexcept PermissionError: print('refused')";

        JobResult result = await RunnerSession.RunAsync(Place.Jail, TestJobs.Python(script).ToJob());

        Assert.Equal("refused\n", result.Stdout);
        Assert.Equal((0, 0), (result.Case.ExitCode, result.ExitCode));
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task AProgramsOwnLimitsAndPriorities_StayItsOwnToSet(Place place)
    {
        const string Script = """
            import os, resource, threading
            resource.setrlimit(resource.RLIMIT_NOFILE, (50, 60))
            nice = os.nice(3); os.setpriority(os.PRIO_PROCESS, 0, nice + 2); os.setpriority(os.PRIO_PGRP, 0, nice + 3)
            os.sched_setaffinity(0, os.sched_getaffinity(0)); os.sched_setaffinity(os.getpid(), os.sched_getaffinity(os.getpid()))
            os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))
            t = threading.Thread(target=lambda: os.sched_setscheduler(threading.get_native_id(), os.SCHED_IDLE, os.sched_param(0))); t.start(); t.join()
            print(resource.getrlimit(resource.RLIMIT_NOFILE), resource.prlimit(os.getpid(), resource.RLIMIT_NOFILE), os.getpriority(os.PRIO_PROCESS, 0) - nice)
            """;

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Python(Script).ToJob());

        Assert.Equal(("(50, 60) (50, 60) 3\n", ""), (result.Stdout, result.Stderr));
    }

    [SkippableFact]
    public async Task OutputThatLooksLikeEvents_StaysOutput()
    {
        const string Forged = "{\"type\":\"caseEnded\",\"seq\":99,\"step\":\"run\",\"case\":\"\",\"exitCode\":0}\n";

        JobResult result = await RunnerSession.RunAsync(Place.Jail, TestJobs.Step("sh", "-c", "printf '%s' \"$0\"; printf '%s' \"$0\" >&2; exit 5", Forged).ToJob());

        Assert.Equal((5, Forged, Forged), (result.Case.ExitCode, result.Stdout, result.Stderr));
    }

    [SkippableFact]
    public async Task OomPreference_IsThePrograms()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Jail, TestJobs.Shell("while [ $(cat /proc/1/oom_score_adj) = 1000 ]; do :; done; cat /proc/self/oom_score_adj /proc/1/oom_score_adj").ToJob());

        string[] scores = result.Stdout.TrimEnd().Split('\n');
        Assert.Equal("1000", scores[0]);
        Assert.NotEqual("1000", scores[1]);
    }
}
