using System.Globalization;
using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Warm;

public sealed class WarmStartTests
{
    /// <summary>An interpreter that has started, says so by closing fd 4, and waits for fd 3.</summary>
    private const string Interpreter = """
        import json, os, sys, time
        while time.process_time() < 0.3: pass
        try: os.close(4)
        except OSError: pass # forked by somebody else, who knows
        text = b''
        while True:
            piece = os.read(3, 65536)
            if not piece: break
            text += piece
        os.close(3)
        if not text.endswith(b'\n'): os._exit(99)
        message = json.loads(text)
        os.environ.clear(); os.environ.update(message['env']); os.chdir(message['cwd']); sys.argv = ['main.py'] + message['args']
        exec(compile(open('main.py').read(), 'main.py', 'exec'))
        """;

    private static readonly string[] Warm = ["--warm", "--", TestJobs.SystemPython, "-c", Interpreter];

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Warm_FirstCase_RunsInTheWaitingInterpreter(Place place)
    {
        const string Program = "import os, sys, json; print('json' in sys.modules, sys.argv, dict(os.environ), os.getcwd() == os.path.dirname(os.path.realpath('main.py')), input(), [f for f in range(256) if os.path.exists('/proc/self/fd/%d' % f)])";
        JobStep step = TestJobs.Step("false") with
        {
            Warm = true,
            Environment = new Dictionary<string, string> { ["A"] = "ü" },
            Cases = [new JobCase { Id = "", Arguments = ["x y"], Stdin = "typed\n"u8.ToArray() }],
        };
        using RunnerSession session = RunnerSession.Start(place, Warm);
        Assert.True((await session.ReadUntilAsync<ReadyEvent>()).Warm);
        await session.SendAsync(step.ToJob(TestJobs.File("main.py", Program)));

        JobResult result = await session.FinishAsync();

        Assert.Equal("True ['main.py', 'x y'] {'A': 'ü'} True typed [0, 1, 2]\n", result.Stdout);
        Assert.Equal((0, null), (result.Case.ExitCode, result.Case.Limit));
    }

    [SkippableFact]
    public async Task Warm_CpuTimeOfTheWaiting_IsNotTheCases()
    {
        JobStep step = TestJobs.Step("false").WithLimits(limits => limits with { CpuMs = 250 }) with { Warm = true };
        using RunnerSession session = RunnerSession.Start(Place.Plain, Warm);
        await session.ReadUntilAsync<ReadyEvent>();
        await WaitForCpuAsync(session);
        await session.SendAsync(step.ToJob(TestJobs.File("main.py", "print('quick')")));

        JobResult result = await session.FinishAsync();

        Assert.Equal(("quick\n", null), (result.Stdout, result.Case.Limit));
        Assert.True(result.Case.CpuMs < 250);
    }

    [SkippableTheory]
    [InlineData(Place.Plain, "while True: pass", LimitKind.CpuTime)]
    [InlineData(Place.Jail, "while True: pass", LimitKind.CpuTime)]
    [InlineData(Place.Jail, "import time; time.sleep(60)", LimitKind.WallTime)]
    [InlineData(Place.Jail, "while True: print('x' * 1000)", LimitKind.Output)]
    [InlineData(Place.Jail, "open('f', 'wb').write(bytes(3 << 20))", null)]
    public async Task Warm_Limits_HoldAsForAStartedProgram(Place place, string program, LimitKind? expected)
    {
        JobStep step = TestJobs.Step("false").WithLimits(limits => limits with { CpuMs = 1000, WallMs = expected == LimitKind.WallTime ? 2000 : 30_000, WorkspaceBytes = 1 << 20 }) with { Warm = true };
        using RunnerSession session = RunnerSession.Start(place, Warm);
        await session.SendAsync(step.ToJob(TestJobs.File("main.py", program)));

        JobResult result = await session.FinishAsync();

        Assert.Equal(expected, result.Case.Limit);
        Assert.NotEqual(0, result.Case.ExitCode);
    }

    /// <summary>As a template does it: fork first, then become the runner.</summary>
    [Fact]
    public async Task Warm_InterpreterForkedBefore_IsTakenByItsDescriptors()
    {
        const string Fork = """
            import os, sys
            control, stdin, stdout, stderr = os.pipe(), os.pipe(), os.pipe(), os.pipe()
            child = os.fork()
            if child == 0:
                for to, end in ((0, stdin[0]), (1, stdout[1]), (2, stderr[1])): os.dup2(end, to)
                os.dup2(control[0], 40); os.closerange(3, 40); os.dup2(40, 3); os.close(40)
                exec(sys.argv[1])
                os._exit(0)
            for end in (control[0], stdin[0], stdout[1], stderr[1]): os.close(end)
            for end in (control[1], stdin[1], stdout[0], stderr[0]): os.set_inheritable(end, True)
            os.execv(sys.argv[2], sys.argv[2:] + ['--warm-pid', str(child), '--warm-control', str(control[1]),
                '--warm-stdin', str(stdin[1]), '--warm-stdout', str(stdout[0]), '--warm-stderr', str(stderr[0])])
            """;
        using RunnerSession session = RunnerSession.StartThrough([TestJobs.SystemPython, "-c", Fork, Interpreter]);
        Assert.True((await session.ReadUntilAsync<ReadyEvent>()).Warm);
        JobStep step = TestJobs.Step("false").WithStdin("typed\n") with { Warm = true };
        await session.SendAsync(step.ToJob(TestJobs.File("main.py", "import sys, resource; print(input()); print('err', file=sys.stderr); sys.stdout.flush(); print(resource.getrlimit(resource.RLIMIT_NOFILE)); sys.stdout.flush(); sys.exit(4)")));

        JobResult result = await session.FinishAsync();

        Assert.Equal(("typed\n(256, 256)\n", "err\n", 4), (result.Stdout, result.Stderr, result.Case.ExitCode));
    }

    [Fact]
    public async Task Warm_LaterCases_StartTheCommand()
    {
        JobStep step = TestJobs.Step("echo", "cold").WithCases(3) with { Warm = true };
        using RunnerSession session = RunnerSession.Start(Place.Plain, Warm);
        await session.SendAsync(step.ToJob(TestJobs.File("main.py", "print('warm')")));

        JobResult result = await session.FinishAsync();

        Assert.Equal("warm\ncold\ncold\n", result.Stdout);
    }

    [Theory]
    [InlineData("--warm", "--", "/bin/true")]
    [InlineData("--warm", "--", "/bin/sh", "-c", "exit 3")]
    [InlineData("--warm", "--", "/bin/sh", "-c", "exec 3<&- 4>&-; sleep 30")]
    public async Task Warm_InterpreterThatHasDied_IsReplacedByTheCommand(params string[] warm)
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain, warm);
        await session.ReadUntilAsync<ReadyEvent>();
        await ClosedControlAsync(session);
        await session.SendAsync((TestJobs.Step("echo", "cold") with { Warm = true }).ToJob());

        JobResult result = await session.FinishAsync();

        Assert.Equal("cold\n", result.Stdout);
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Warm_NotWanted_IsGoneBeforeTheFirstStep(Place place)
    {
        string tag = $"unwanted{Random.Shared.Next()}";
        using RunnerSession session = RunnerSession.Start(place, [.. Warm, tag]);
        await session.SendAsync(TestJobs.Shell("for f in /proc/[0-9]*/cmdline; do tr '\\0' ' ' < $f; echo; done 2>/dev/null; true").ToJob());

        JobResult result = await session.FinishAsync();

        Assert.NotEqual("", result.Stdout);
        string[] interpreters = [.. result.Stdout.Split('\n').Where(line => line.Contains(tag, StringComparison.Ordinal) && line.StartsWith("/usr/bin/python3", StringComparison.Ordinal))];
        Assert.Empty(interpreters);
    }

    /// <summary>Until the interpreter's start-up work is done.</summary>
    private static async Task WaitForCpuAsync(RunnerSession session)
    {
        string children = $"/proc/{session.ProcessId}/task/{session.ProcessId}/children";
        Skip.IfNot(File.Exists(children), "this kernel does not list children");
        string child = (await File.ReadAllTextAsync(children)).Trim();
        while (CpuTicks(await File.ReadAllTextAsync($"/proc/{child}/stat")) < 25)
        {
            session.Deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static int CpuTicks(string stat)
    {
        string[] fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return int.Parse(fields[11], CultureInfo.InvariantCulture) + int.Parse(fields[12], CultureInfo.InvariantCulture);
    }

    /// <summary>Until nobody reads the control pipe any more: the interpreter is dead, or has closed it.</summary>
    private static async Task ClosedControlAsync(RunnerSession session)
    {
        string children = $"/proc/{session.ProcessId}/task/{session.ProcessId}/children";
        Skip.IfNot(File.Exists(children), "this kernel does not list children");
        string child = (await File.ReadAllTextAsync(children)).Trim();
        while (child.Length > 0 && Directory.Exists($"/proc/{child}") && File.Exists($"/proc/{child}/fd/3"))
        {
            session.Deadline.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
