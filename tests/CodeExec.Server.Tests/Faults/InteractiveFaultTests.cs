using CodeExec.Contracts.Executions;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Protocol;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Whatever happens while programs and interactors speak: each test has one result. Both sides of a test begin, so two cases run for each.</summary>
public sealed class InteractiveFaultTests : IDisposable
{
    private const int Tests = 6;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Run_NothingHappens_EachTestHasTwoNewContainers()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(2 * Tests, _provider.Containers);
    }

    [SkippableFact]
    public async Task Run_AProcessorIsFree_TheFirstTestNeedNotEndBeforeAnotherBegins()
    {
        Skip.If(Environment.ProcessorCount < 2, "There is one processor: nothing runs side by side.");
        TaskCompletionSource last = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = (id, _) => Meet(id, $"{Tests}", last);
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(Enumerable.Range(1, Tests).Select(i => $"{i}"), ended.Grade.Results!.Select(result => result.Id));
    }

    [SkippableFact]
    public async Task Run_RanOutOfTimeBesideAnother_RunsOnceMoreAlone()
    {
        Skip.If(Environment.ProcessorCount < 2, "There is one processor: nothing runs side by side.");
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = (id, _) => Meet(id, "2", second);
        _provider.OnEnd = (id, time, ended) => id == "2" && time <= 2 ? ended with { ExitCode = null, Limit = LimitKind.CpuTime } : ended;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(4, _provider.Ran.Count(id => id == "2"));
    }

    [Fact]
    public async Task Run_AContainerIsLost_ThatTestAloneRunsAgain()
    {
        _provider.OnTest = (id, time) => id == "3" && time == 1 ? throw new ContainerLostException("gone", outOfMemory: false) : Task.CompletedTask;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.All(_provider.Ran.GroupBy(id => id), test => Assert.InRange(test.Count(), 2, test.Key == "3" ? 4 : 2));
    }

    [Fact]
    public async Task Run_ProcessEndsInTheMiddle_TheNextLifeGoesOnFromTheJournal()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LaterClock clock = new();
        _provider.OnTest = async (id, time) =>
        {
            clock.Later = id == "3" ? TimeSpan.FromMinutes(1) : clock.Later; // time to write the journal
            if (id == "4" && time <= 2)
            {
                reached.TrySetResult();
                await Task.Delay(Timeout.Infinite);
            }
        };
        ExecutionId id;
        await using (Life first = await Life.StartAsync(_data.FullName, _provider, clock))
        {
            id = await SubmitAsync(first, parallel: false); // beside another, the third might not have ended when the fourth begins
            await reached.Task;
        }

        int before = _provider.Ran.Count;
        await using Life second = await Life.StartAsync(_data.FullName, _provider);
        ExecutionRecord ended = await second.EndAsync(id);

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(2 * (Tests - 3), _provider.Ran.Count - before); // what was known was not run again
    }

    /// <summary>The first test does not end before that other one has begun.</summary>
    private static Task Meet(string id, string other, TaskCompletionSource begun)
    {
        if (id == other)
        {
            begun.TrySetResult();
        }

        return id == "1" ? begun.Task : Task.CompletedTask;
    }

    private static async Task<ExecutionId> SubmitAsync(Life life, bool parallel = true)
    {
        ExecutionSpec spec = ExecutionSamples.Spec();
        JudgeProgram interactor = new()
        {
            Language = spec.Language,
            Version = spec.Version,
            Files = spec.Files,
            Entry = spec.Entry,
            Limits = spec.Limits,
            CompileLimits = spec.CompileLimits,
        };
        TestSuite suite = new()
        {
            Tests = [.. Enumerable.Range(1, Tests).Select(i => new GradedTest { Id = $"{i}" })],
            Checker = new CheckerSpec.Interactor(interactor),
            Parallel = parallel,
        };
        return await life.SubmitAsync(spec with { Grading = new GradingSpec { Suite = suite } });
    }
}
