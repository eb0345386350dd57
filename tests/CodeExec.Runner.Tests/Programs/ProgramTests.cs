using System.Text.Json;
using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Programs;

public sealed class ProgramTests
{
    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Run_HelloWorld_TellsTheWholeStoryInOrder(Place place)
    {
        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Step("echo", "hello").ToJob());

        Assert.Equal(
            [typeof(ReadyEvent), typeof(StepStartedEvent), typeof(CaseStartedEvent), typeof(OutputEvent), typeof(CaseEndedEvent), typeof(StepEndedEvent), typeof(JobEndedEvent)],
            result.Events.Select(said => said.GetType()));
        Assert.Equal("hello\n", result.Stdout);
        Assert.Equal(0, result.ExitCode);
        Assert.False(result.Of<JobEndedEvent>()[0].Stopped);
        Assert.True(result.Of<StepEndedEvent>()[0].Succeeded);
        CaseEndedEvent ended = result.Case;
        Assert.Equal((0, null, null, 6L, 0L), (ended.ExitCode, ended.Signal, ended.Limit, ended.StdoutBytes, ended.StderrBytes));
        Assert.True(ended.WallMs > 0 && ended.CpuMs > 0 && ended.MemoryBytes > 0);
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Run_Stdin_ReachesTheProgramWhole(Place place)
    {
        byte[] sent = new byte[3_000_000];
        new Random(1).NextBytes(sent);

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Step("cat").WithStdin(sent).WithLimits(limits => limits with { OutputBytes = 4_000_000 }).ToJob());

        Assert.Equal(0, result.Case.ExitCode);
        Assert.Equal(sent, result.Bytes(OutputStream.Stdout));
    }

    [Fact]
    public async Task Run_NoStdin_IsAtItsEndAtOnce()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Step("wc", "-c").ToJob());

        Assert.Equal("0\n", result.Stdout);
    }

    [Fact]
    public async Task Run_BigStdinThatNobodyReads_EndsWhenTheProgramDoes()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Shell("echo done").WithStdin(new byte[2_000_000]).ToJob());

        Assert.Equal(("done\n", 0), (result.Stdout, result.Case.ExitCode));
    }

    [Fact]
    public async Task Run_StdinClosedEarly_IsNoError()
    {
        JobResult result = await RunnerSession.RunAsync(
            Place.Plain, TestJobs.Shell("head -c 5; exec 0<&-; sleep 0.2; echo .").WithStdin("hello" + new string('x', 500_000)).ToJob());

        Assert.Equal(("hello.\n", 0), (result.Stdout, result.Case.ExitCode));
    }

    [Fact]
    public async Task Run_BigOutputBeforeStdinIsRead_DoesNotDeadlock()
    {
        const string Script = "import sys; sys.stdout.write('a' * 500000); sys.stderr.write('b' * 500000); sys.stdout.write(str(len(sys.stdin.read())))";

        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Python(Script).WithStdin(new byte[500_000]).ToJob());

        Assert.Equal(0, result.Case.ExitCode);
        Assert.Equal(new string('a', 500_000) + "500000", result.Stdout);
        Assert.Equal(new string('b', 500_000), result.Stderr);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(77)]
    [InlineData(137)]
    [InlineData(255)]
    public async Task Run_ExitCode_IsReportedAsItIs(int code)
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Shell($"echo out of memory >&2; exit {code}").ToJob());

        Assert.Equal((code, null, null), (result.Case.ExitCode, result.Case.Signal, result.Case.Limit));
        Assert.False(result.Of<StepEndedEvent>()[0].Succeeded);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(15)]
    public async Task Run_OwnSignal_IsReportedAsItIsAndNotAsALimit(int signal)
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Shell($"echo before; kill -{signal} $$").ToJob());

        Assert.Equal((null, signal, null), (result.Case.ExitCode, result.Case.Signal, result.Case.Limit));
        Assert.Equal("before\n", result.Stdout);
    }

    [Fact]
    public async Task Run_SignalsIgnoredByTheRunner_HaveTheirDefaultInTheProgram()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Step("grep", "-E", "Sig(Blk|Ign)", "/proc/self/status").ToJob());

        Assert.All(result.Stdout.TrimEnd().Split('\n'), line => Assert.EndsWith("\t0000000000000000", line, StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Run_Descriptors_AreTheThreeStandardOnes(Place place)
    {
        const string Script = "import os; print([f for f in range(1024) if os.path.exists('/proc/self/fd/%d' % f)])";

        JobResult result = await RunnerSession.RunAsync(place, TestJobs.Python(Script).ToJob());

        Assert.Equal("[0, 1, 2]\n", result.Stdout);
    }

    [Fact]
    public async Task Run_Environment_IsTheStepsAndTheCasesAndNothingElse()
    {
        JobStep step = TestJobs.Step("/usr/bin/env") with
        {
            Environment = new Dictionary<string, string> { ["A"] = "1", ["B"] = "é\n" },
            Cases = [new JobCase { Id = "", Environment = new Dictionary<string, string> { ["B"] = "2", ["C"] = "" } }],
        };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        Assert.Equal(["A=1", "B=2", "C="], result.Stdout.TrimEnd().Split('\n').Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Run_Arguments_AreTheCommandsThenTheCases()
    {
        JobStep step = TestJobs.Step("printf", "[%s]") with { Cases = [new JobCase { Id = "", Arguments = ["a b", "$HOME", "-n", "", "ü\n"] }] };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob());

        Assert.Equal("[a b][$HOME][-n][][ü\n]", result.Stdout);
    }

    [Fact]
    public async Task Run_Session_IsItsOwnAndInTheWorkspace()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(TestJobs.Python("import os; print(os.getsid(0) == os.getpid(), os.getcwd())").ToJob());

        JobResult result = await session.FinishAsync();

        Assert.Equal($"True {session.Workspace}\n", result.Stdout);
    }

    [Theory]
    [InlineData("no-such-program", 127, "not found")]
    [InlineData("./missing", 127, "not found")]
    [InlineData("./notes.txt", 126, "may not be executed")]
    [InlineData("./text", 126, "not a program")]
    [InlineData("./bad-interpreter", 127, "interpreter")]
    [InlineData("/etc", 126, "may not be executed")]
    public async Task Run_CommandThatCanNotStart_SaysWhyToTheUser(string command, int exitCode, string reason)
    {
        Job job = TestJobs.Step(command).ToJob(
            TestJobs.File("notes.txt", "hello"), TestJobs.File("text", "hello", executable: true), TestJobs.File("bad-interpreter", "#!/no/such\n", executable: true));

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal(exitCode, result.Case.ExitCode);
        Assert.Contains(reason, result.Case.StartError, StringComparison.Ordinal);
        Assert.Equal(0, result.ExitCode);
        Assert.IsType<JobEndedEvent>(result.Events[^1]);
    }

    [Fact]
    public async Task Run_PathOfTheProgramsEnvironment_IsWhereTheCommandIsLookedUp()
    {
        JobStep step = TestJobs.Step("tool") with { Environment = new Dictionary<string, string> { ["PATH"] = "missing:bin" } };

        JobResult result = await RunnerSession.RunAsync(Place.Plain, step.ToJob(TestJobs.File("bin/tool", "#!/bin/sh\necho found", executable: true)));

        Assert.Equal("found\n", result.Stdout);
    }

    [Fact]
    public async Task Run_FailedStep_EndsTheJob()
    {
        Job job = TestJobs.Of([TestJobs.Shell("exit 1") with { Name = "compile" }, TestJobs.Step("echo", "never")]);

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal(["compile"], result.Of<StepStartedEvent>().Select(step => step.Step));
        Assert.Equal("", result.Stdout);
    }

    [Fact]
    public async Task Run_FailedStepThatMayFail_DoesNotEndTheJob()
    {
        Job job = TestJobs.Of([TestJobs.Shell("exit 1") with { Name = "lint", ContinueOnFailure = true }, TestJobs.Step("echo", "still")]);

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal("still\n", result.Stdout);
        Assert.Equal([false, true], result.Of<StepEndedEvent>().Select(step => step.Succeeded));
    }

    [Fact]
    public async Task Run_JobInAFile_NeedsNoHostThatSpeaks()
    {
        string file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(TestJobs.Step("echo", "hi").ToJob(), ProtocolJson.Default.Job));
        using RunnerSession session = RunnerSession.Start(Place.Plain, "--job", file);
        session.CloseInput();

        JobResult result = await session.FinishAsync();

        File.Delete(file);
        Assert.Equal(("hi\n", 0), (result.Stdout, result.ExitCode));
    }

    [SkippableFact]
    public async Task Run_DeepRecursion_HasTheMemoryLimitForItsStack()
    {
        const string Source = "#include <string.h>\nint f(int n){volatile char b[1024];memset((void*)b,n,1024);return n?f(n-1)+b[5]:0;}int main(){f(100000);return 0;}";
        Skip.IfNot(File.Exists("/usr/bin/gcc"), "gcc is not installed.");
        Job job = TestJobs.Of([TestJobs.Step("gcc", "-O0", "a.c", "-o", "a"), TestJobs.Step("./a")], TestJobs.File("a.c", Source));

        JobResult result = await RunnerSession.RunAsync(Place.Plain, job);

        Assert.Equal([0, 0], result.Cases.Select(ended => ended.ExitCode!.Value));
    }

    [Fact]
    public async Task Run_OutputThatIsNotText_ComesBackByteForByte()
    {
        JobResult result = await RunnerSession.RunAsync(Place.Plain, TestJobs.Step("printf", "\\377\\000\\033[1m").ToJob());

        Assert.Equal([0xff, 0, 0x1b, (byte)'[', (byte)'1', (byte)'m'], result.Bytes(OutputStream.Stdout));
    }
}
