using CodeExec.Core.Batches.Running;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems.Checks;
using CodeExec.Core.Schedules;
using CodeExec.Core.Specifications;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Activities;

/// <summary>
/// The activities of an execution where each may run on another instance of the app: between two of them nothing of the execution stays in memory,
/// no feed open, and a stop reaches the instance that runs it.
/// </summary>
internal static class SpreadActivities
{
    /// <summary>All that this host knows. How many are at work at once is Durable Functions' part.</summary>
    public static OrchestrationRegistry Registry()
        => new OrchestrationRegistry().AddSpreadExecutions().AddSpreadBatches().AddSchedules().AddCallbacks().AddSpecifications(int.MaxValue, int.MaxValue).AddProblemChecks(int.MaxValue, int.MaxValue);

    private static OrchestrationRegistry AddSpreadExecutions(this OrchestrationRegistry registry)
        => registry
            .AddDelayedStarts()
            .Add(ExecutionActivities.Orchestration, _ => new ExecutionOrchestration())
            .Add(ExecutionActivities.Run, services => ActivatorUtilities.CreateInstance<SlicedRun>(services, services.GetRequiredService<RunExecution>()))
            .Add(ExecutionActivities.Stop, services => new MarkedStop(services.GetRequiredService<StopMarks>()))
            .Add(ExecutionActivities.Finish, services => Alone(services, services.GetRequiredService<FinishExecution>(), input => input.Id))
            .Add(ExecutionActivities.CleanUp, services => services.GetRequiredService<CleanUpExecution>());

    /// <summary>Batches whose shards are worked on slice by slice.</summary>
    private static OrchestrationRegistry AddSpreadBatches(this OrchestrationRegistry registry)
        => registry
            .Add(BatchActivities.Orchestration, _ => new BatchOrchestration())
            .Add(BatchActivities.Begin, services => services.GetRequiredService<BeginBatch>())
            .Add(BatchActivities.RunShard, services => ActivatorUtilities.CreateInstance<SlicedShard>(services, services.GetRequiredService<RunShard>()))
            .Add(BatchActivities.Settle, services => services.GetRequiredService<SettleBatch>());

    private static LeavingNothing<TIn, TOut> Alone<TIn, TOut>(IServiceProvider services, IActivity<TIn, TOut> activity, Func<TIn, ExecutionId> idOf)
        => new(activity, services.GetRequiredService<RunningExecutions>(), idOf);
}
