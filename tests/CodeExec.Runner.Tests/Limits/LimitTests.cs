using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Limits;

public sealed class LimitTests
{
    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task WallTime_Sleeping_EndsTheProgramAndUsesNoCpu(Place place)
    {
        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Shell("echo early; sleep 60").WithLimits(limits => limits with { WallMs = 200 }).ToJob());

        Assert.Equal((null, 9, LimitKind.WallTime), (result.Case.ExitCode, result.Case.Signal, result.Case.Limit));
        Assert.Equal("early\n", result.Stdout);
        Assert.True(result.Case.WallMs >= 200);
        Assert.True(result.Case.CpuMs < 150, $"{result.Case.CpuMs} ms of CPU time for sleeping");
    }

    [Theory]
    [InlineData("kill -STOP $$")]
    [InlineData("trap '' TERM INT HUP; while :; do sleep 1; done")]
    [InlineData("mkfifo f; cat f")]
    public async Task WallTime_ProgramThatWillNotEnd_IsEnded(string script)
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Shell(script).WithLimits(limits => limits with { WallMs = 200 }).ToJob());

        Assert.Equal(LimitKind.WallTime, result.Case.Limit);
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task CpuTime_SpreadOverProcesses_IsSummedUp(Place place)
    {
        const string Script = "trap '' XCPU; (trap '' XCPU; while :; do :; done) & (setsid sh -c 'while :; do :; done') & while :; do :; done";

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Shell(Script).WithLimits(limits => limits with { CpuMs = 600 }).ToJob());

        Assert.Equal(LimitKind.CpuTime, result.Case.Limit);
        Assert.True(result.Case.CpuMs >= 600, $"{result.Case.CpuMs} ms");
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task CpuTime_OfChildrenNobodyWaitedFor_IsNotReportedBelowItsLimit(Place place)
    {
        // With SIGCHLD ignored the kernel forgets what ended children used: what was seen of them while they lived must count.
        const string Script = "import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nfor i in range(3): os.fork()\nwhile True: pass";

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Python(Script).WithLimits(limits => limits with { CpuMs = 500 }).ToJob());

        Assert.Equal(LimitKind.CpuTime, result.Case.Limit);
        Assert.True(result.Case.CpuMs >= 500, $"{result.Case.CpuMs} ms");
    }

    [Fact]
    public async Task CpuTime_OfChildrenThatHaveEnded_Counts()
    {
        const string Spin = "import time\nwhile time.process_time() < 0.08: pass";
        string script = $"for i in 1 2 3 4 5 6 7 8 9 10; do {TestJobs.SystemPython} -c '{Spin}'; done";

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Shell(script).WithLimits(limits => limits with { CpuMs = 400 }).ToJob());

        Assert.Equal(LimitKind.CpuTime, result.Case.Limit);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(70_000)]
    public async Task Output_BeyondTheLimit_KeepsExactlyTheLimit(int limit)
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Python("import sys\nfor i in range(10**9): sys.stdout.write('%07d\\n' % i)").WithLimits(limits => limits with { OutputBytes = limit }).ToJob());

        string whole = string.Concat(Enumerable.Range(0, 10_000).Select(i => $"{i:0000000}\n"));
        Assert.Equal(whole[..limit], result.Stdout);
        Assert.Equal((LimitKind.Output, true, false), (result.Case.Limit, result.Case.StdoutTruncated, result.Case.StderrTruncated));
        Assert.True(result.Case.StdoutBytes > limit);
    }

    [Fact]
    public async Task Output_ExactlyTheLimit_IsNoViolation()
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Shell("head -c 1000 /dev/zero; head -c 1000 /dev/zero >&2").WithLimits(limits => limits with { OutputBytes = 1000 }).ToJob());

        Assert.Equal((0, null, 1000L, 1000L), (result.Case.ExitCode, result.Case.Limit, result.Case.StdoutBytes, result.Case.StderrBytes));
        Assert.False(result.Case.StdoutTruncated || result.Case.StderrTruncated);
    }

    [Fact]
    public async Task Output_BothStreamsFlooded_AreKeptApart()
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Shell("yes out & yes err >&2").WithLimits(limits => limits with { OutputBytes = 40_000 }).ToJob());

        Assert.Equal(LimitKind.Output, result.Case.Limit);
        Assert.DoesNotContain("err", result.Stdout, StringComparison.Ordinal);
        Assert.DoesNotContain("out", result.Stderr, StringComparison.Ordinal);
        Assert.All(result.Of<OutputEvent>(), output => Assert.InRange(output.Data.Length, 1, 32 * 1024));
    }

    [Fact]
    public async Task Output_StdoutAtItsLimitAndStderrBelow_KeepsAllOfStderr()
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Shell("printf 1234 >&2; yes").WithLimits(limits => limits with { OutputBytes = 100 }).ToJob());

        Assert.Equal(("1234", false, 100), (result.Stderr, result.Case.StderrTruncated, result.Stdout.Length));
    }

    [Fact]
    public async Task Output_HundredThousandTinyLines_MakeFewEvents()
    {
        const string Script = "import os\nfor i in range(100000): os.write(1, b'x\\n')";

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Python(Script).ToJob());

        Assert.Equal(200_000, result.Case.StdoutBytes);
        Assert.InRange(result.Of<OutputEvent>().Count, 1, 400);
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Memory_OneProcess_IsEnded(Place place)
    {
        const string Script = "import time; x = b'x' * (200 << 20); time.sleep(20)";

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Python(Script).WithLimits(limits => limits with { MemoryBytes = 100 << 20 }).ToJob());

        Assert.Equal(LimitKind.Memory, result.Case.Limit);
        Assert.True(result.Case.MemoryBytes > 100 << 20);
    }

    [Fact]
    public async Task Memory_ManyProcesses_IsSummedUp()
    {
        const string Script = "import os, time\nfor i in range(5):\n  if os.fork() == 0: break\nx = b'x' * (40 << 20)\ntime.sleep(20)";

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Python(Script).WithLimits(limits => limits with { MemoryBytes = 100 << 20 }).ToJob());

        Assert.Equal(LimitKind.Memory, result.Case.Limit);
    }

    [Fact]
    public async Task Memory_SharedByForkedProcesses_IsCountedOnce()
    {
        const string Script = "import os, time\nx = b'x' * (60 << 20)\nfor i in range(4):\n  if os.fork() == 0: break\ntime.sleep(0.3)";

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Python(Script).WithLimits(limits => limits with { MemoryBytes = 150 << 20 }).ToJob());

        Assert.Equal((0, null), (result.Case.ExitCode, result.Case.Limit));
    }

    [Fact]
    public async Task Memory_ReservedAndNotTouched_IsNoViolation()
    {
        const string Script = "import mmap; x = mmap.mmap(-1, 8 << 30); print(len(x))";

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Python(Script).WithLimits(limits => limits with { MemoryBytes = 64 << 20 }).ToJob());

        Assert.Equal((0, null), (result.Case.ExitCode, result.Case.Limit));
    }

    [Fact]
    public async Task Processes_MoreThanTheLimit_AreEnded()
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Shell("for i in $(seq 30); do sleep 20 & done; wait").WithLimits(limits => limits with { Processes = 10 }).ToJob());

        Assert.Equal(LimitKind.Processes, result.Case.Limit);
    }

    [Fact]
    public async Task Workspace_FileAboveItsLimit_IsNamed()
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Step("dd", "if=/dev/zero", "of=big", "bs=65536", "count=100").WithLimits(limits => limits with { WorkspaceBytes = 1 << 20 }).ToJob());

        Assert.Equal((25, LimitKind.Workspace), (result.Case.Signal, result.Case.Limit));
    }

    [SkippableFact]
    public async Task Workspace_FullAndProgramFailed_IsNamed()
    {
        using RunnerSession session = RunnerSession.Start(Place.Jail, workspaceBytes: 1 << 20);
        await session.SendAsync(TestJobs.Shell("for i in 1 2 3 4 5; do head -c 300000 /dev/zero > f$i || exit 3; done").ToJob());

        JobResult result = await session.FinishAsync();

        Assert.Equal((3, LimitKind.Workspace), (result.Case.ExitCode, result.Case.Limit));
    }

    [SkippableFact]
    public async Task Workspace_FullAndProgramSucceeded_IsNoViolation()
    {
        using RunnerSession session = RunnerSession.Start(Place.Jail, workspaceBytes: 1 << 20);
        await session.SendAsync(TestJobs.Shell("head -c 3000000 /dev/zero > f; exit 0").ToJob());

        JobResult result = await session.FinishAsync();

        Assert.Equal((0, null), (result.Case.ExitCode, result.Case.Limit));
    }

    [SkippableTheory]
    [InlineData(64, 61)]
    [InlineData(300, 297)]
    public async Task OpenFiles_InAJail_AreLimitedAndCanNotBeRaised(int limit, int more)
    {
        const string Script = """
            import resource, os
            for kind in ('NOFILE', 'CPU', 'FSIZE', 'CORE', 'LOCKS' if hasattr(resource, 'RLIMIT_LOCKS') else 'CORE'):
                k = getattr(resource, 'RLIMIT_' + kind)
                try: resource.setrlimit(k, (10**15, 10**15)); print('raised', kind)
                except (ValueError, PermissionError): pass
            n = 0
            try:
                while True: os.dup(0); n += 1
            except OSError: print(n)
            """;

        JobResult result = await RunnerSession.RunAsync(Place.Jail, TestJobs.Python(Script).WithLimits(limits => limits with { OpenFiles = limit }).ToJob());

        Assert.Equal($"{more}\n", result.Stdout);
    }

    [Fact]
    public async Task CaseLimits_TakeThePlaceOfTheSteps()
    {
        JobStep step = TestJobs.Step("sleep", "20") with
        {
            ContinueOnFailure = true,
            Cases = [new JobCase { Id = "short", Limits = TestJobs.Limits with { WallMs = 100 } }],
        };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        Assert.Equal(LimitKind.WallTime, result.Case.Limit);
    }
}
