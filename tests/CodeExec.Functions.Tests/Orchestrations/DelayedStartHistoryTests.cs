using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Orchestration;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Tests.Orchestrations;

public sealed class DelayedStartHistoryTests() : HistoryComparison<DelayedStartOrchestration, DelayedExecution, bool>(DelayedStart.Orchestration, Later(TimeSpan.FromSeconds(90)))
{
    [Fact]
    public Task DelayedStart_ItsTimeComes_IsTheSameOverDurable() => CompareAsync(Activities(), true, 3);

    [Fact]
    public Task DelayedStart_ItsTimeHasPassed_NeedsNoTimerAndIsTheSameOverDurable() => CompareAsync(Activities(), true, 2, otherInput: Later(TimeSpan.FromDays(-1)));

    [Fact]
    public Task DelayedStart_InAMonth_TakesSeveralNapsAndIsTheSameOverDurable()
    {
        Step = TimeSpan.FromHours(1);
        return CompareAsync(Activities(), true, null, otherInput: Later(TimeSpan.FromDays(30)));
    }

    [Fact]
    public Task DelayedStart_ThereIsNoRoomWhenItIsDue_WaitsOnAndIsTheSameOverDurable() => CompareAsync(Activities(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(7)), true, 1 + 3 + 2 + 1);

    private static DelayedExecution Later(TimeSpan by) => new(ExecutionSamples.Queued().Id, Start + by, ExecutionPriority.High);

    /// <param name="busy">How long to wait, call by call.</param>
    private static OrchestrationRegistry Activities(params TimeSpan[] busy)
    {
        int calls = 0;
        return new OrchestrationRegistry().Activity(DelayedStart.Begin, (_, _, _) => Task.FromResult<TimeSpan?>(calls < busy.Length ? busy[calls++] : null));
    }
}
