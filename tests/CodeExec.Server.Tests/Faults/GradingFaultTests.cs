using System.Text;
using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Time;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;
using CodeExec.Engine.Embedded.History;
using CodeExec.Sqlite;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Whatever happens while tests run: each has one result, and is told of once.</summary>
public sealed class GradingFaultTests : IDisposable
{
    private const int Tests = 40;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new();

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task Run_ContainerIsLost_GoesOnWithTheTestThatRan()
    {
        _provider.OnTest = (id, time) => id == "20" && time == 1 ? throw new ContainerLostException("gone", outOfMemory: false) : Task.CompletedTask;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        ExecutionId id = await SubmitAsync(life);

        ExecutionRecord ended = await life.EndAsync(id);

        Assert.Equal(Verdict.Accepted, ended.Grade!.Score.Verdict);
        Assert.Equal(Tests + 1, _provider.Ran.Count);
        await AssertToldOnceAsync(life, id);
    }

    [Fact]
    public async Task Run_ContainerRunsOutOfMemoryAtATest_ThatTestAloneHasTheVerdict()
    {
        _provider.OnTest = (id, _) => id == "20" ? throw new ContainerLostException("gone", outOfMemory: true) : Task.CompletedTask;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal(Tests - 1, ended.Grade!.Score.Passed);
        Assert.Equal(1, ended.Grade.Score.Verdicts[Verdict.MemoryLimit]);
        Assert.Equal("20", ended.Grade.Score.FirstFailure);
        Assert.Equal(2, _provider.Containers);
    }

    [Fact]
    public async Task Run_ContainerRunsOutOfMemoryBetweenTwoTests_NoTestIsChargedAndTheRestRuns()
    {
        _provider.AfterTest = id => id == "20" ? throw new ContainerLostException("gone", outOfMemory: true) : Task.CompletedTask;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal((ExecutionStatus.Completed, Tests), (ended.Status, ended.Grade!.Score.Passed));
        Assert.Equal(Tests, _provider.Ran.Count);
    }

    [Fact]
    public async Task Run_CheckersCompilationWaitsForAPlaceForLong_ThatIsNotItsTime()
    {
        ManualTimeProvider clock = new();
        List<RunSlots.Slot> others = [];
        Task<RunSlots.Slot>? next = null;
        Life? life = null;
        _provider.OnTest = async (id, time) =>
        {
            RunSlots slots = life!.Get<ContainerPool>().Slots;
            while (id == "1" && time == 1 && next is null)
            {
                Task<RunSlots.Slot> taken = slots.TakeAsync(100, CancellationToken.None);
                if (taken.IsCompleted)
                {
                    others.Add(await taken);
                }
                else
                {
                    next = taken; // gets this test's own place
                }
            }
        };
        await using (life = await Life.StartAsync(_data.FullName, _provider, clock))
        {
            RunSlots slots = life.Get<ContainerPool>().Slots;
            ExecutionSpec spec = ExecutionSamples.Spec();
            JudgeProgram checker = new()
            {
                Language = "cpp",
                Version = spec.Version,
                Files = [new SourceFile("main.cpp", "int main() { }"u8.ToArray())],
                Entry = "main.cpp",
                Limits = spec.Limits,
                CompileLimits = spec.CompileLimits,
            };
            ExecutionId id = await SubmitAsync(life, suite => suite with { Tests = [suite.Tests[0]], Checker = new CheckerSpec.Program(checker) });
            while (next is null || !next.IsCompleted || slots.Waiting == 0)
            {
                await Task.Delay(5);
            }

            clock.Advance(TimeSpan.FromHours(1));
            others.ForEach(slot => slot.Dispose());
            (await next).Dispose();
            ExecutionRecord ended = await life.EndAsync(id);

            Assert.Equal((ExecutionStatus.Completed, Verdict.Accepted), (ended.Status, ended.Grade?.Score.Verdict));
        }
    }

    [Fact]
    public async Task Run_IsStoppedAndThenTheProcessEnds_TheNextLifeRunsNothingOfIt()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously), release = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.OnTest = async (_, _) =>
        {
            reached.TrySetResult();
            await Task.Delay(Timeout.Infinite);
        };
        _provider.OnLeaving = () => release.Task; // its container takes its time to go
        ExecutionId id;
        Life first = await Life.StartAsync(_data.FullName, _provider);
        id = await SubmitAsync(first);
        await reached.Task;
        await first.Get<IExecutionService>().StopAsync(TenantId.Default, id, CancellationToken.None);
        while (!HasStopped(first, id))
        {
            await Task.Delay(5);
        }

        RunningExecution entry = first.Running.For(id);
        Task ending = first.DisposeAsync().AsTask();
        while (!entry.Following.IsCancellationRequested)
        {
            await Task.Delay(5);
        }

        release.SetResult();
        await ending;
        int ran = _provider.Ran.Count;

        await using Life second = await Life.StartAsync(_data.FullName, _provider);
        ExecutionRecord ended = await second.EndAsync(id);

        Assert.Equal(ExecutionStatus.Cancelled, ended.Status);
        Assert.Equal(ran, _provider.Ran.Count);
    }

    [Fact]
    public async Task Run_ProcessEndsInTheMiddle_TheNextLifeGoesOnFromTheJournal()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        LaterClock clock = new();
        _provider.OnTest = async (id, time) =>
        {
            clock.Later = id == "19" ? TimeSpan.FromMinutes(1) : clock.Later; // time to write the journal
            if (id == "20" && time == 1)
            {
                reached.SetResult();
                await Task.Delay(Timeout.Infinite);
            }
        };
        ExecutionId id;
        await using (Life first = await Life.StartAsync(_data.FullName, _provider, clock))
        {
            id = await SubmitAsync(first);
            await reached.Task;
        }

        await using Life second = await Life.StartAsync(_data.FullName, _provider);
        ExecutionRecord ended = await second.EndAsync(id);

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(Tests + 1, _provider.Ran.Count); // what was known was not run again
        await AssertToldOnceAsync(second, id);
    }

    [Fact]
    public async Task Run_FirstFailureOfMany_NothingAfterItRuns()
    {
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        ExecutionId id = await SubmitAsync(life, suite => suite with
        {
            StopOn = StopOn.FirstFailure,
            Tests = [.. suite.Tests.Select(test => test.Id == "3" ? test with { Expected = TestData.Of("other"u8.ToArray()) } : test)],
        });

        ExecutionRecord ended = await life.EndAsync(id);

        Assert.Equal(Verdict.WrongAnswer, ended.Grade!.Score.Verdict);
        Assert.Equal(Tests - 3, ended.Grade.Score.Verdicts[Verdict.Skipped]);
        Assert.Equal(["1", "2", "3"], _provider.Ran.Take(3));
        Assert.InRange(_provider.Ran.Count, 3, 4); // the next may have begun before the verdict was known
    }

    [Fact]
    public async Task Run_ProviderIsBroken_IsOurFaultAndNoVerdictOnTheProgram()
    {
        _provider.OnTest = (_, _) => throw new ContainerLostException("gone", outOfMemory: false);
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await life.EndAsync(await SubmitAsync(life));

        Assert.Equal((ExecutionStatus.Failed, new ExecutionOutcome.InternalError()), (ended.Status, ended.Outcome));
        Assert.Null(ended.Grade);
    }

    private static bool HasStopped(Life life, ExecutionId id)
        => RecordedHistory.Read(life.Get<SqliteDatabase>(), id.ToString())!.Events is { } events
            && events.FirstOrDefault(one => one.Name == ExecutionActivities.Stop.Value) is { } begun
            && events.Any(one => one.Kind == HistoryEventKind.ActivityCompleted && one.TaskId == begun.TaskId);

    private static async Task<ExecutionId> SubmitAsync(Life life, Func<TestSuite, TestSuite>? change = null)
    {
        TestSuite suite = new()
        {
            Tests = [.. Enumerable.Range(1, Tests).Select(i => new GradedTest { Id = $"{i}", Stdin = Data(i), Expected = Data(i) })],
        };
        return await life.SubmitAsync(ExecutionSamples.Spec() with { Grading = new GradingSpec { Suite = change?.Invoke(suite) ?? suite } });
    }

    private static TestData Data(int i) => TestData.Of(Encoding.UTF8.GetBytes($"{i}\n"));

    private static async Task AssertToldOnceAsync(Life life, ExecutionId id)
    {
        List<LogEntry> entries = await life.Logs.ReadAsync(id, 0, CancellationToken.None).ToListAsync();
        Assert.Equal(
            Enumerable.Range(1, Tests).Select(i => $"{i}").Order(StringComparer.Ordinal),
            entries.Select(entry => entry.Test?.Id).OfType<string>().Order(StringComparer.Ordinal));
    }
}
