using System.Globalization;
using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Limits;

/// <summary>With a real cgroup of this machine (version 1, and the right to make one).</summary>
public sealed class CgroupLimitTests : IDisposable
{
    private const string Root = "/sys/fs/cgroup";

    private readonly string _name = $"codeexec-runner-test-{Guid.NewGuid():n}";

    [SkippableFact]
    public async Task Memory_KernelsOomKill_IsTheVerdictAndThePeakIsTheTrees()
    {
        JobResult result = await RunAsync(TestJobs.Python("x = b'x' * (200 << 20)"));

        Assert.Equal((9, LimitKind.Memory), (result.Case.Signal, result.Case.Limit));
        Assert.True(result.Case.MemoryIsOfTree);
        Assert.InRange(result.Case.MemoryBytes, 60 << 20, 64 << 20);
    }

    [SkippableFact]
    public async Task Memory_ChildKilledAndMainFails_IsTheVerdict()
    {
        const string Script = "import os, sys\nif os.fork() == 0: x = b'x' * (200 << 20)\nelse: sys.exit(os.wait()[1] != 0)";

        JobResult result = await RunAsync(TestJobs.Python(Script));

        Assert.Equal((1, LimitKind.Memory), (result.Case.ExitCode, result.Case.Limit));
    }

    [SkippableFact]
    public async Task Memory_PeakOfEachCase_BeginsAnew()
    {
        JobStep step = TestJobs.Step(TestJobs.SystemPython, "-c", "import sys; x = b'x' * (int(sys.argv[1]) << 20)") with
        {
            Cases = [.. new[] { "40", "1" }.Select(megabytes => new JobCase { Id = megabytes, Arguments = [megabytes] })],
        };

        JobResult result = await RunAsync(step);

        Assert.InRange(result.Cases[0].MemoryBytes, 40 << 20, 64 << 20);
        Assert.InRange(result.Cases[1].MemoryBytes, 1 << 20, 39 << 20);
    }

    [SkippableFact]
    public async Task Memory_FilesThatTheKernelKeeps_AreNotTheProgramsOwn()
    {
        string large = Path.Combine(AppContext.BaseDirectory, $"{_name}.bin");
        await File.WriteAllBytesAsync(large, new byte[40 << 20]);
        try
        {
            string read = $"""
                import os
                f = os.open('{large}', os.O_RDWR)
                os.fsync(f)
                os.posix_fadvise(f, 0, 0, os.POSIX_FADV_DONTNEED)
                while os.read(f, 1 << 16): pass
                x = b'x' * (8 << 20)
                """;

            JobResult result = await RunAsync(TestJobs.Python(read));

            Assert.InRange(result.Case.MemoryBytes, 8 << 20, 30 << 20);
        }
        finally
        {
            File.Delete(large);
        }
    }

    [SkippableFact]
    public async Task Memory_OwnSigkillAndExit137_AreNotTakenForIt()
    {
        JobResult killed = await RunAsync(TestJobs.Shell("kill -9 $$"));
        JobResult exited = await RunAsync(TestJobs.Shell("echo Out of memory >&2; exit 137"));

        Assert.Equal((9, null), (killed.Case.Signal, killed.Case.Limit));
        Assert.Equal((137, null), (exited.Case.ExitCode, exited.Case.Limit));
    }

    [SkippableFact]
    public async Task Processes_ForkRefusedAndProgramFails_IsTheVerdict()
    {
        JobResult result = await RunAsync(TestJobs.Python("import os, time\nfor i in range(100):\n  if os.fork() == 0: time.sleep(20)"));

        Assert.Equal((1, LimitKind.Processes), (result.Case.ExitCode, result.Case.Limit));
    }

    [SkippableFact]
    public async Task Processes_ForkRefusedAndProgramCopes_IsNone()
    {
        JobResult result = await RunAsync(TestJobs.Python("import os, time\ntry:\n  for i in range(100):\n    if os.fork() == 0: time.sleep(20)\nexcept OSError: print('coped')"));

        Assert.Equal((0, null, "coped\n"), (result.Case.ExitCode, result.Case.Limit, result.Stdout));
    }

    [SkippableFact]
    public async Task Cpu_OfChildrenThatNobodyReaps_IsCounted()
    {
        const string Script = "import os, signal\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\nimport time\nfor i in range(3):\n  if os.fork() == 0:\n    while time.process_time() < 0.2: pass\n    os._exit(0)\ntry: os.wait()\nexcept ChildProcessError: pass";

        JobResult result = await RunAsync(TestJobs.Python(Script));

        Assert.True(result.Case.CpuMs >= 550, $"{result.Case.CpuMs} ms");
    }

    public void Dispose()
    {
        foreach (string controller in (string[])["memory", "pids", "cpuacct"])
        {
            string folder = $"{Root}/{controller}/{_name}";
            if (Directory.Exists(folder))
            {
                Directory.Delete(folder);
            }
        }
    }

    private async Task<JobResult> RunAsync(JobStep step)
    {
        Skip.IfNot(Environment.IsPrivilegedProcess && File.Exists($"{Root}/memory/memory.oom_control"), "needs root and cgroup v1");
        foreach (string controller in (string[])["memory", "pids", "cpuacct"])
        {
            Directory.CreateDirectory($"{Root}/{controller}/{_name}");
        }

        await WriteAsync("memory", "memory.limit_in_bytes", 64 << 20);
        await WriteAsync("pids", "pids.max", 20);
        string script = $"""
            for c in memory pids cpuacct; do echo $$ > {Root}/$c/{_name}/cgroup.procs; done
            exec 5<>{Root}/memory/{_name}/memory.max_usage_in_bytes 6<{Root}/memory/{_name}/memory.oom_control 7<{Root}/cpuacct/{_name}/cpuacct.usage 8<{Root}/pids/{_name}/pids.events
            exec 9<{Root}/memory/{_name}/memory.stat
            exec "$0" "$@" --cgroup v1:mem_peak=5,oom=6,cpu=7,pids_events=8,mem_stat=9
            """;
        using RunnerSession session = RunnerSession.StartThrough(["sh", "-c", script]);
        await session.SendAsync(step.ToJob());
        return await session.FinishAsync();
    }

    private async Task WriteAsync(string controller, string file, long value) =>
        await File.WriteAllTextAsync($"{Root}/{controller}/{_name}/{file}", value.ToString(CultureInfo.InvariantCulture));
}
