using System.Collections.Concurrent;
using System.Text;
using CodeExec.Contracts.Executions;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Grading.Checking;
using CodeExec.Core.Progress;
using CodeExec.Protocol;

namespace CodeExec.Server.Tests.Faults;

/// <summary>Tests of one execution that run at the same time: what they come to is what they would have come to one after the other.</summary>
public sealed class SideBySideTests : IDisposable
{
    private const int Tests = 12;

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("codeexec-test-");
    private readonly GradingProvider _provider = new() { IsOneByOne = true };
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _begun = new();

    public SideBySideTests() => Skip.If(Environment.ProcessorCount < 2, "There is one processor: nothing runs side by side.");

    public void Dispose() => _data.Delete(recursive: true);

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_AProcessorIsFree_TheFirstTestNeedNotEndBeforeAnotherBegins(bool oneByOne)
    {
        _provider.IsOneByOne = oneByOne;
        _provider.OnTest = async (id, _) =>
        {
            Begun(id).TrySetResult();
            await (id == "1" ? Begun($"{Tests}").Task : Task.CompletedTask);
        };
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life));

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(Tests, _provider.Ran.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, Tests).Select(i => $"{i}"), ended.Grade.Results!.Select(result => result.Id));
    }

    [SkippableFact]
    public async Task Run_ALaterTestFailsFirst_CountsAsIfTheyHadRunInOrder()
    {
        _provider.OnTest = async (id, _) =>
        {
            Begun(id).TrySetResult();
            await (id == "1" ? Begun("5").Task : Task.CompletedTask); // 2 to 4 have ended by then
        };
        _provider.OnEnd = (id, _, ended) => id is "3" or "4" ? ended with { ExitCode = 1 } : ended;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life, StopOn.FirstFailure));

        Assert.Equal("3", ended.Grade!.Score.FirstFailure);
        Assert.Equal((2, Tests - 3), (ended.Grade.Score.Passed, ended.Grade.Score.Verdicts[Verdict.Skipped]));
        List<LogEntry> entries = await life.Logs.ReadAsync(ended.Id, 0, CancellationToken.None).ToListAsync();
        Assert.Equal(Enumerable.Range(1, Tests).Select(i => $"{i}"), entries.Select(entry => entry.Test?.Id).OfType<string>());
    }

    [SkippableTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_FailsWhileALaterTestRuns_TheLaterIsSkippedAndNothingRunsAgain(bool oneByOne)
    {
        Life? life = null;
        TaskCompletionSource<ExecutionId> submitted = new();
        _provider.IsOneByOne = oneByOne;
        _provider.OnTest = async (test, _) =>
        {
            Begun(test).TrySetResult();
            if (test == "1")
            {
                await await Task.WhenAny([.. Enumerable.Range(2, Tests - 1).Select(i => Begun($"{i}").Task)]);
            }
            else
            {
                ExecutionId id = await submitted.Task;
                while (!await life!.Logs.ReadAsync(id, 0, CancellationToken.None).AnyAsync(entry => entry.Test?.Id == "1"))
                {
                    await Task.Delay(5);
                }
            }
        };
        _provider.OnEnd = (test, _, ended) => test == "1" ? ended with { ExitCode = 1 } : ended;
        await using (life = await Life.StartAsync(_data.FullName, _provider))
        {
            submitted.SetResult(await SubmitAsync(life, StopOn.FirstFailure));
            ExecutionRecord ended = await GradeAsync(life, await submitted.Task);

            Assert.Equal(("1", Tests - 1), (ended.Grade?.Score.FirstFailure, ended.Grade?.Score.Verdicts[Verdict.Skipped]));
            Assert.Equal(_provider.Ran.Distinct(), _provider.Ran);
        }
    }

    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Run_FailsWhileALaterTestRuns_TheLaterIsCalledOffAtOnce(bool oneByOne, bool isChecked)
    {
        TaskCompletionSource atWork = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _provider.IsOneByOne = oneByOne;
        _provider.OnTest = async (test, time) =>
        {
            if (test == "1")
            {
                await atWork.Task;
            }
            else if (!isChecked || time == 2) // the second time is the checker's
            {
                atWork.TrySetResult();
                await Task.Delay(Timeout.Infinite);
            }
        };
        _provider.OnEnd = (test, _, ended) => test == "1" ? ended with { ExitCode = 1 } : ended;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);
        ExecutionSpec spec = ExecutionSamples.Spec() with { Limits = ExecutionSamples.Limits with { WallTimeMs = 3_600_000 } }; // nobody waits for that
        JudgeProgram checker = new() { Language = spec.Language, Version = spec.Version, Files = spec.Files, Entry = spec.Entry, Limits = spec.Limits, CompileLimits = spec.Limits };

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life, StopOn.FirstFailure, spec: spec, checker: isChecked ? new CheckerSpec.Program(checker) : null)).WaitAsync(TimeSpan.FromMinutes(1));

        Assert.Equal((ExecutionStatus.Completed, "1", Tests - 1), (ended.Status, ended.Grade?.Score.FirstFailure, ended.Grade?.Score.Verdicts[Verdict.Skipped]));
        Assert.Equal(0, _provider.Alive);
        Assert.Single(_provider.Ran, "1");
    }

    [SkippableFact]
    public async Task Run_RanOutOfTimeBesideAnother_RunsOnceMoreAndThatCounts()
    {
        _provider.OnTest = async (id, _) =>
        {
            Begun(id).TrySetResult();
            await (id == "1" ? Begun("2").Task : Task.CompletedTask);
        };
        _provider.OnEnd = (id, time, ended) => id == "2" && time == 1 ? OutOfTime(ended) : ended;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life));

        Assert.Equal((Verdict.Accepted, Tests), (ended.Grade!.Score.Verdict, ended.Grade.Score.Passed));
        Assert.Equal(2, _provider.Ran.Count(id => id == "2"));
    }

    [SkippableFact]
    public async Task Run_RunsOutOfTimeAloneToo_HasThatVerdictAndIsNotTriedAgain()
    {
        _provider.OnTest = async (id, _) =>
        {
            Begun(id).TrySetResult();
            await (id == "1" ? Begun("2").Task : Task.CompletedTask);
        };
        _provider.OnEnd = (id, _, ended) => int.Parse(id, System.Globalization.CultureInfo.InvariantCulture) > 1 ? OutOfTime(ended) : ended;
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life));

        Assert.Equal(Tests - 1, ended.Grade!.Score.Verdicts[Verdict.TimeLimit]);
        Assert.InRange(_provider.Ran.Count, Tests + 1, Tests + Environment.ProcessorCount); // those that ran side by side, once more
    }

    [SkippableFact]
    public async Task Run_SuiteForbidsIt_OneTestAfterTheOtherRuns()
    {
        int running = 0, most = 0;
        _provider.OnTest = async (_, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await Task.Yield();
            Interlocked.Decrement(ref running);
        };
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life, parallel: false));

        Assert.Equal((Verdict.Accepted, 1), (ended.Grade!.Score.Verdict, most));
        Assert.Equal(Enumerable.Range(1, Tests).Select(i => $"{i}"), _provider.Ran);
    }

    [SkippableFact]
    public async Task Run_OneContainerRunsOutOfMemory_TheOthersTestIsNotCharged()
    {
        _provider.OnTest = async (id, _) =>
        {
            Begun(id).TrySetResult();
            await (id == "1" ? Begun("3").Task : Task.CompletedTask);
            if (id == "2")
            {
                throw new ContainerLostException("gone", outOfMemory: true);
            }
        };
        await using Life life = await Life.StartAsync(_data.FullName, _provider);

        ExecutionRecord ended = await GradeAsync(life, await SubmitAsync(life));

        Assert.Equal((Tests - 1, "2"), (ended.Grade!.Score.Passed, ended.Grade.Score.FirstFailure));
        Assert.Equal(1, ended.Grade.Score.Verdicts[Verdict.MemoryLimit]);
    }

    private static CaseEndedEvent OutOfTime(CaseEndedEvent ended) => ended with { ExitCode = null, Signal = 9, Limit = LimitKind.CpuTime };

    private TaskCompletionSource Begun(string id) => _begun.GetOrAdd(id, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    private static async Task<ExecutionId> SubmitAsync(Life life, StopOn stopOn = StopOn.Never, bool parallel = true, ExecutionSpec? spec = null, CheckerSpec? checker = null)
    {
        TestSuite suite = new()
        {
            Tests = [.. Enumerable.Range(1, Tests).Select(i => new GradedTest { Id = $"{i}", Stdin = Data(i), Expected = Data(i) })],
            StopOn = stopOn,
            Parallel = parallel,
            Checker = checker ?? CheckerSpec.Default,
        };
        ExecutionRecord record = ExecutionSamples.Queued();
        await life.Acceptance.AcceptAsync(record, (spec ?? ExecutionSamples.Spec()) with { Grading = new GradingSpec { Suite = suite } }, null, CancellationToken.None);
        return record.Id;
    }

    private static TestData Data(int i) => TestData.Of(Encoding.UTF8.GetBytes($"{i}\n"));

    private static async Task<ExecutionRecord> GradeAsync(Life life, ExecutionId id)
    {
        await life.Engine.WaitForEndAsync(id.ToString(), CancellationToken.None);
        return (await life.Executions.FindAsync(id, CancellationToken.None))!;
    }
}
