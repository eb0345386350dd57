using CodeExec.Protocol;
using CodeExec.Runner.Tests.Driving;

namespace CodeExec.Runner.Tests.Programs;

public sealed class StopTests
{
    [SkippableTheory]
    [InlineData(Place.Plain, true)]
    [InlineData(Place.Plain, false)]
    [InlineData(Place.Jail, true)]
    [InlineData(Place.Jail, false)]
    public async Task StopOrEndOfInput_WhileAProgramRuns_EndsEverythingAtOnce(Place place, bool byLine)
    {
        using RunnerSession session = RunnerSession.Start(place);
        await session.SendAsync(TestJobs.Shell("trap '' TERM; echo started; setsid sleep 60 & sleep 60").WithCases(3).ToJob());
        await session.ReadUntilAsync<OutputEvent>();

        await StopAsync(session, byLine);

        JobResult result = await session.FinishAsync();
        Assert.Equal((null, 9, null), (result.Case.ExitCode, result.Case.Signal, result.Case.Limit));
        Assert.True(Assert.IsType<JobEndedEvent>(result.Events[^1]).Stopped);
        Assert.Equal(0, result.ExitCode);
    }

    [Fact]
    public async Task Stop_SentWithTheJob_StartsNothing()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        string job = System.Text.Json.JsonSerializer.Serialize(TestJobs.Step("echo", "hi").ToJob(), ProtocolJson.Default.Job);
        await session.SendLineAsync(job + "\n{\"kind\":\"stop\"}");

        JobResult result = await session.FinishAsync();

        Assert.True(Assert.IsType<JobEndedEvent>(result.Events[^1]).Stopped);
        Assert.True(result.Cases.All(ended => ended.Signal == 9 || ended.ExitCode == 0));
    }

    [Fact]
    public async Task EndOfInput_BeforeAJob_EndsQuietly()
    {
        using RunnerSession session = RunnerSession.Start(Place.Plain);
        session.CloseInput();

        JobResult result = await session.FinishAsync();

        Assert.IsType<ReadyEvent>(Assert.Single(result.Events));
        Assert.Equal(0, result.ExitCode);
    }

    private static async Task StopAsync(RunnerSession session, bool byLine)
    {
        if (byLine)
        {
            await session.SendLineAsync("{\"kind\":\"stop\"}");
        }
        else
        {
            session.CloseInput();
        }
    }
}
