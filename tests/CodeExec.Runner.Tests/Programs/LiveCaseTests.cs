using System.Text;
using System.Text.Json;
using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Programs;

/// <summary>Programs that read what the host says while they run.</summary>
public sealed class LiveCaseTests
{
    [SkippableTheory]
    [InlineData(Place.Plain)]
    [InlineData(Place.Jail)]
    public async Task Stdin_WhileItRuns_IsAnsweredEachTime(Place place)
    {
        using RunnerSession session = RunnerSession.Start(place);
        await session.SendAsync(Live(TestJobs.Shell("while read line; do echo \"got $line\"; done; echo end")));

        for (int i = 0; i < 20; i++)
        {
            await SayAsync(session, $"{i}\n");
            Assert.Equal($"got {i}\n", Text(await session.ReadUntilAsync<OutputEvent>()));
        }

        await session.SendLineAsync("""{"kind":"endOfStdin"}""");
        JobResult result = await session.FinishAsync();

        Assert.Equal((0, null), (result.Case.ExitCode, result.Case.Limit));
        Assert.EndsWith("got 19\nend\n", result.Stdout, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stdin_BeforeTheCaseStarts_IsKeptForIt()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        JobStep first = TestJobs.Shell("cat") with { Name = "first" };
        JobStep second = TestJobs.Shell("cat");
        Job job = TestJobs.Of([first, second with { Cases = [new JobCase { Id = "", Live = true }] }]);
        await session.SendLineAsync($"{JsonSerializer.Serialize(job, ProtocolJson.Default.Job)}\n{Line("early ")}\n{Line("bird")}\n{{\"kind\":\"endOfStdin\"}}");

        JobResult result = await session.FinishAsync();

        Assert.Equal("early bird", result.Stdout);
        Assert.Equal("run", Assert.Single(result.Events.OfType<OutputEvent>(), output => output.Data.Length > 0).Step);
    }

    [Fact]
    public async Task Stdout_IsClosedWhileItRuns_IsToldAtOnce()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(Live(TestJobs.Shell("echo last; exec >&-; read line")));

        Assert.Equal("last\n", Text(await session.ReadUntilAsync<OutputEvent>()));
        Assert.Empty((await session.ReadUntilAsync<OutputEvent>()).Data);
        await SayAsync(session, "go\n");

        Assert.Equal(0, (await session.FinishAsync()).Case.ExitCode);
    }

    [Fact]
    public async Task Stdin_ProgramHasClosedIt_IsDropped()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(Live(TestJobs.Shell("exec <&-; echo closed; kill -STOP $$")).With(limits => limits with { WallMs = 1500 }));
        await session.ReadUntilAsync<OutputEvent>();

        for (int i = 0; i < 40; i++)
        {
            await SayAsync(session, new string('x', 20_000));
        }

        JobResult result = await session.FinishAsync();
        Assert.Equal(LimitKind.WallTime, result.Case.Limit);
    }

    [Fact]
    public async Task Stdin_ProgramNeverReads_KeepsTheHostWaiting()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(Live(TestJobs.Shell("echo up; kill -STOP $$")).With(limits => limits with { WallMs = 1500 }));
        await session.ReadUntilAsync<OutputEvent>();

        int said = 0;
        Task saying = Task.Run(async () =>
        {
            while (said < 5000)
            {
                await SayAsync(session, new string('x', 20_000));
                said++;
            }
        });
        await session.ReadUntilAsync<CaseEndedEvent>();
        int saidByTheEnd = said;
        JobResult result = await session.FinishAsync();
        await saying; // nobody reads any more: writing fails, which the session passes over

        Assert.Equal(LimitKind.WallTime, result.Case.Limit);
        Assert.InRange(saidByTheEnd, 3, 2500); // what a buffer and two pipes hold, and what is thrown away between the end and its news; of five thousand
    }

    [Fact]
    public async Task EndOfInput_ProgramNeverReads_EndsEverythingAtOnce()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(Live(TestJobs.Shell("echo up; kill -STOP $$")));
        await session.ReadUntilAsync<OutputEvent>();
        for (int i = 0; i < 6; i++)
        {
            await SayAsync(session, new string('x', 20_000));
        }

        session.CloseInput();

        JobResult result = await session.FinishAsync();
        Assert.Equal((9, null), (result.Case.Signal, result.Case.Limit));
        Assert.True(Assert.IsType<JobEndedEvent>(result.Events[^1]).Stopped);
    }

    [Fact]
    public async Task Stop_WhileALiveProgramWaits_SaysWhatItUsed()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(Live(TestJobs.Shell("echo up; read line")));
        await session.ReadUntilAsync<OutputEvent>();

        await session.SendLineAsync("""{"kind":"stop"}""");

        JobResult result = await session.FinishAsync();
        Assert.Equal((9, null), (result.Case.Signal, result.Case.Limit));
        Assert.True(result.Case.WallMs > 0 && result.Case.MemoryBytes > 0);
    }

    [Theory]
    [InlineData("""{"kind":"stdin"}""")]
    [InlineData("""{"kind":"stdin","data":7}""")]
    [InlineData("""{"kind":"stdin","data":"@"}""")]
    [InlineData("""{"kind":"stdin","data":"","more":1}""")]
    [InlineData("""{"kind":"endOfStdin","data":""}""")]
    [InlineData("""{"kind":"dance"}""")]
    [InlineData("{")]
    public async Task Line_IsNoCommand_IsAFault(string line)
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        await session.SendAsync(Live(TestJobs.Shell("read line")));
        await session.ReadUntilAsync<CaseStartedEvent>();

        await session.SendLineAsync(line);

        JobResult result = await session.FinishAsync();
        Assert.StartsWith("A line after the job is not", Assert.IsType<FaultEvent>(result.Events[^1]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_HasTwoLiveCases_IsAFault()
    {
        Job live = Live(TestJobs.Shell("cat"));

        JobResult result = await RunnerSession.RunAsync(Place.Plain, live with { Steps = [live.Steps[0], live.Steps[0]] });

        Assert.Equal("There is more than one live case.", Assert.IsType<FaultEvent>(result.Events[^1]).Message);
    }

    private static Job Live(JobStep step) => (step with { Cases = [new JobCase { Id = "", Live = true }] }).ToJob();

    private static Task SayAsync(RunnerSession session, string text) => session.SendLineAsync(Line(text));

    private static string Line(string text) => JsonSerializer.Serialize(new RunnerCommand(RunnerCommand.Stdin, Encoding.UTF8.GetBytes(text)), ProtocolJson.Default.RunnerCommand);

    private static string Text(OutputEvent output) => Encoding.UTF8.GetString(output.Data);
}

file static class JobExtensions
{
    public static Job With(this Job job, Func<JobLimits, JobLimits> change) => job with { Steps = [.. job.Steps.Select(step => step.WithLimits(change))] };
}
