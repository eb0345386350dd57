using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Running;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class ValidationHistoryTests() : HistoryComparison<ValidationOrchestration, string, ValidationStatus>(ValidationActivities.Orchestration, "run-1")
{
    [Fact]
    public Task Validation_RunsToItsEnd_IsTheSameOverDurable() => CompareAsync(Activities(_ => Task.FromResult(true)), ValidationStatus.Completed, 3);

    [Fact]
    public Task Validation_TakesThreeSlices_IsTheSameOverDurable()
    {
        int calls = 0;
        return CompareAsync(Activities(_ => Task.FromResult(Interlocked.Increment(ref calls) == 3)), ValidationStatus.Completed, 5);
    }

    [Fact]
    public Task Validation_IsStoppedInItsFirstSlice_IsTheSameOverDurable()
    {
        int calls = 0;
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(
                async _ =>
                {
                    begun.TrySetResult();
                    await stopped.Task;
                    return Interlocked.Increment(ref calls) == 2;
                },
                stopped.SetResult),
            ValidationStatus.Completed,
            5,
            async raise =>
            {
                await begun.Task;
                await raise(ValidationActivities.StopEvent, "");
            });
    }

    [Fact]
    public Task Validation_QueueIsFullAtFirst_IsTheSameOverDurable()
        => CompareAsync(Activities(context => context.Attempt < 3 ? throw new IOException("full") : Task.FromResult(true)), ValidationStatus.Completed, 5);

    [Fact]
    public Task Validation_TestsCanNotBeRun_IsTheSameOverDurable() => CompareAsync(Activities(_ => throw new IOException("never")), ValidationStatus.Failed, 3 + 19);

    [Fact]
    public Task Validation_IsStopped_IsTheSameOverDurable()
    {
        TaskCompletionSource begun = new(TaskCreationOptions.RunContinuationsAsynchronously), stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
        return CompareAsync(
            Activities(
                async _ =>
                {
                    begun.TrySetResult();
                    await stopped.Task;
                    return true;
                },
                stopped.SetResult),
            ValidationStatus.Completed,
            4,
            async raise =>
            {
                await begun.Task;
                await raise(ValidationActivities.StopEvent, "");
            });
    }

    private static OrchestrationRegistry Activities(Func<ActivityContext, Task<bool>> run, Action? stop = null)
        => new OrchestrationRegistry()
            .Activity(ValidationActivities.Run, (context, _, _) => run(context))
            .Activity(ValidationActivities.Stop, (_, _, _) =>
            {
                stop?.Invoke();
                return Task.FromResult(true);
            })
            .Activity(ValidationActivities.Finish, (_, end, _) => Task.FromResult(end.Error is null ? ValidationStatus.Completed : ValidationStatus.Failed));
}
