using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Progress;
using CodeExec.Contracts.Time;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using CodeExec.Functions.Activities;
using CodeExec.Functions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Functions.Tests.Activities;

/// <summary>Several instances of the app share the stores and nothing else.</summary>
public sealed class SpreadActivitiesTests
{
    private static readonly ActivityContext Context = new("id", 1, 1);

    private readonly ExecutionId _id = ExecutionSamples.Queued().Id;
    private readonly InMemoryBlobStore _blobs = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly StopMarks _marks;

    public SpreadActivitiesTests() => _marks = new StopMarks(_blobs);

    private static CancellationToken None => CancellationToken.None;

    [Fact]
    public async Task Stop_OnAnotherInstance_EndsTheRun()
    {
        RunningExecutions here = new();
        Task<RunEnd> running = Sliced(here).RunAsync(Context, _id, None);
        Assert.False(running.IsCompleted);

        await new MarkedStop(_marks).RunAsync(Context, _id, None); // there
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ExecutionStatus.Cancelled, (await running).Status);
        Assert.Equal(0, here.Count);
    }

    [Fact]
    public async Task Stop_BeforeTheRunBegan_EndsItAtOnce()
    {
        RunningExecutions here = new();
        await new MarkedStop(_marks).RunAsync(Context, _id, None);

        RunEnd end = await Sliced(here).RunAsync(Context, _id, None);

        Assert.Equal(ExecutionStatus.Cancelled, end.Status);
    }

    [Fact]
    public async Task CleanUp_AfterAStop_LeavesNoMark()
    {
        await new MarkedStop(_marks).RunAsync(Context, _id, None);

        await new CleanUpExecution(new RunningExecutions(), _marks).RunAsync(Context, _id, None);

        Assert.False(await _marks.IsSetAsync(_id, None));
    }

    [Fact]
    public async Task Activity_HasWrittenToTheFeed_LeavesItClosedForTheNextInstance()
    {
        InMemoryLogStore logs = new(new ExecutionSignals());
        for (int i = 0; i < 3; i++)
        {
            RunningExecutions instance = new();
            LeavingNothing<ExecutionId, bool> activity = new(new OneLine(instance, logs), instance, id => id);

            await activity.RunAsync(Context, _id, None);

            Assert.Equal(0, instance.Count);
        }
        List<long> sequences = [];
        await foreach (LogEntry entry in logs.ReadAsync(_id, 0, None))
        {
            sequences.Add(entry.Sequence);
        }
        Assert.Equal([1L, 2, 3], sequences);
    }

    private SlicedRun Sliced(RunningExecutions here)
    {
        RunHolders holders = new(_blobs, new HostInstance(), _clock);
        return new SlicedRun(new UntilStopped(here), new HeldRuns(here, _marks, holders, _clock), holders, new InMemoryExecutionStore(), Options.Create(new FunctionsHostOptions()), _clock);
    }

    private sealed class UntilStopped(RunningExecutions running) : IActivity<ExecutionId, RunEnd>
    {
        public async Task<RunEnd> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
        {
            TaskCompletionSource stopped = new();
            await using CancellationTokenRegistration registration = running.For(input).Stopped.Register(() => stopped.TrySetResult());
            await stopped.Task;
            return new RunEnd(ExecutionStatus.Cancelled);
        }
    }

    private sealed class OneLine(RunningExecutions running, ILogStore logs) : IActivity<ExecutionId, bool>
    {
        public async Task<bool> RunAsync(ActivityContext context, ExecutionId input, CancellationToken cancellationToken)
        {
            RunningExecution entry = running.For(input);
            entry.Feed = await logs.OpenAsync(input, cancellationToken);
            entry.Feed.Append(LogSamples.Line("a"));
            return true;
        }
    }
}
