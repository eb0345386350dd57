using CodeExec.Core.Attempts;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Displays;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;
using CodeExec.Core.Grading;
using CodeExec.Core.Operations;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Executions;

public static class ExecutionServices
{
    /// <summary>Everything about executions but the adapters: stores, engine and providers are the host's choice.</summary>
    public static IServiceCollection AddExecutions(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ExecutionSignals>();
        services.TryAddSingleton<ExecutionFeed>();
        services.TryAddSingleton<RunningExecutions>();
        services.TryAddSingleton<ContainerProviders>();
        services.TryAddSingleton<ContainerPool>();
        services.TryAddSingleton<ContainerRoom>();
        services.TryAddSingleton<CompileCache>();
        services.TryAddSingleton<ExecutionPlanner>();
        services.TryAddSingleton<ExecutionRecovery>();
        services.TryAddSingleton<ExecutionRemoval>();
        services.TryAddSingleton<RetentionSweep>();
        services.AddOptionsWithValidateOnStart<DisplayOptions, DisplayOptionsValidator>();
        services.AddOptionsWithValidateOnStart<RetentionOptions, RetentionOptionsValidator>();
        services.TryAddSingleton<IExecutionAcceptance, ExecutionAcceptance>();
        services.TryAddSingleton<IExecutionService, ExecutionService>();
        services.TryAddSingleton<ExecutionDurations>();
        services.TryAddSingleton<EndNotices>();
        services.TryAddSingleton<ExecutionEnding>();
        services.TryAddSingleton<LeftRuns>();
        services.TryAddSingleton<LeftContainers>();
        services.TryAddSingleton<JobFollower>();
        services.TryAddSingleton<RunContainers>();
        services.TryAddSingleton<ContainerRun>();
        services.AddGrading();
        services.AddAttempts();
        services.AddCallbacks();
        services.TryAddSingleton<BeginDelayed>();
        services.TryAddSingleton<StopMarks>();
        services.TryAddSingleton<RunExecution>();
        services.TryAddSingleton<StopExecution>();
        services.TryAddSingleton<FinishExecution>();
        services.TryAddSingleton<CleanUpExecution>();
        return services;
    }

    /// <param name="most">How many may wait for their time before a submission is refused.</param>
    public static OrchestrationRegistry AddDelayedStarts(this OrchestrationRegistry registry, int most = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(DelayedStart.Orchestration, _ => new DelayedStartOrchestration(), new OrchestrationLimits(MaxActive: most, MaxPending: 0))
            .Add(DelayedStart.Begin, services => services.GetRequiredService<BeginDelayed>());
    }

    /// <param name="maxActive">How many executions may be at work at once; the others wait in the store.</param>
    /// <param name="maxPending">How many may wait before a submission is refused.</param>
    public static OrchestrationRegistry AddExecutions(this OrchestrationRegistry registry, int maxActive, int maxPending)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .AddDelayedStarts(maxPending)
            .Add(ExecutionActivities.Orchestration, _ => new ExecutionOrchestration(), new OrchestrationLimits(maxActive, maxPending))
            .Add(ExecutionActivities.Run, services => services.GetRequiredService<RunExecution>(), maxActive)
            .Add(ExecutionActivities.Stop, services => services.GetRequiredService<StopExecution>(), maxActive)
            .Add(ExecutionActivities.Finish, services => services.GetRequiredService<FinishExecution>(), maxActive)
            .Add(ExecutionActivities.CleanUp, services => services.GetRequiredService<CleanUpExecution>(), maxActive);
    }
}
