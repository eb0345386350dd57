using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class ExecutionHistoryTests() : HistoryComparison<ExecutionOrchestration, ExecutionId, ExecutionStatus>(ExecutionActivities.Orchestration, ExecutionSamples.Queued().Id)
{
    [Fact]
    public Task Execution_RunsToItsEnd_IsTheSameOverDurable() => CompareAsync(Activities((_, _) => Done(ExecutionStatus.Completed)), ExecutionStatus.Completed, 2);

    [Fact]
    public Task Execution_TakesThreeSlices_IsTheSameOverDurable()
    {
        int calls = 0;
        return CompareAsync(Activities((_, _) => ++calls < 3 ? Task.FromResult(new RunEnd(null, FollowedTo: calls * 10)) : Done(ExecutionStatus.Completed)), ExecutionStatus.Completed, 4);
    }

    [Fact]
    public Task Execution_SecondSliceLosesItsContainer_IsTheSameOverDurable()
    {
        int calls = 0;
        return CompareAsync(
            Activities((_, _) => ++calls switch
            {
                1 => Task.FromResult(new RunEnd(null, FollowedTo: 7)),
                2 => throw new IOException("lost"),
                _ => Done(ExecutionStatus.Completed),
            }),
            ExecutionStatus.Completed,
            4);
    }

    [Fact]
    public Task Execution_EndCouldNotBeRecorded_IsTheSameOverDurable()
        => CompareAsync(Activities((_, _) => Task.FromResult(new RunEnd(null, new ExecutionReport { Outcome = new ExecutionOutcome.Exited(3) }))), ExecutionStatus.Failed, 4);

    [Fact]
    public Task Execution_ContainerIsLostTwice_IsTheSameOverDurable()
        => CompareAsync(Activities((context, _) => context.Attempt < 3 ? throw new IOException($"lost {context.Attempt}") : Done(ExecutionStatus.Completed)), ExecutionStatus.Completed, 4);

    [Fact]
    public Task Execution_NeverGetsAContainer_IsTheSameOverDurable()
        => CompareAsync(Activities((context, _) => throw new IOException($"none {context.Attempt}")), ExecutionStatus.Failed, 7);

    [Fact]
    public Task Execution_IsStoppedWhileItRuns_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(
                async (_, _) =>
                {
                    begun.TrySetResult();
                    await stopped.Task;
                    return new RunEnd(ExecutionStatus.Cancelled);
                },
                stopped.SetResult),
            ExecutionStatus.Cancelled,
            4,
            async raise =>
            {
                await begun.Task;
                await raise(ExecutionActivities.StopEvent, "");
            });
    }

    [Fact]
    public Task Execution_IsStoppedBetweenSlices_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        bool stopped = false;
        return CompareAsync(
            Activities(
                async (_, _) =>
                {
                    begun.TrySetResult();
                    await Task.Yield();
                    return stopped ? new RunEnd(ExecutionStatus.Cancelled) : new RunEnd(null, FollowedTo: 1);
                },
                () => stopped = true),
            ExecutionStatus.Cancelled,
            null,
            async raise =>
            {
                await begun.Task;
                await raise(ExecutionActivities.StopEvent, "");
            });
    }

    private static Task<RunEnd> Done(ExecutionStatus status) => Task.FromResult(new RunEnd(status));

    private static OrchestrationRegistry Activities(Func<ActivityContext, ExecutionId, Task<RunEnd>> run, Action? stop = null)
        => new OrchestrationRegistry()
            .Activity(ExecutionActivities.Run, (context, id, _) => run(context, id))
            .Activity(ExecutionActivities.Stop, (_, _, _) =>
            {
                stop?.Invoke();
                return Task.FromResult(true);
            })
            .Activity(ExecutionActivities.Finish, (_, input, _) => Task.FromResult(input.Report.Outcome.ToStatus()))
            .Activity(ExecutionActivities.CleanUp, (_, _, _) => Task.FromResult(true));
}
