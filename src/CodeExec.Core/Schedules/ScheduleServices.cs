using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Operations;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Schedules.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Schedules;

public static class ScheduleServices
{
    /// <summary>Schedules, over executions and batches. It binds <see cref="ScheduleOptions"/> to its settings.</summary>
    public static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<ScheduleOptions, ScheduleOptionsValidator>();
        services.TryAddSingleton<GradedSubmissions>();
        services.TryAddSingleton<ScheduleStore>();
        services.TryAddSingleton<ScheduleRules>();
        services.TryAddSingleton<WorkStarter>();
        services.TryAddSingleton<EarlierRuns>();
        services.TryAddSingleton<ScheduleRemoval>();
        services.TryAddSingleton<ScheduleService>();
        services.TryAddSingleton<ScheduleRecovery>();
        services.TryAddSingleton<PlanSchedule>();
        services.TryAddSingleton<FireSchedule>();
        services.TryAddSingleton<ScheduleMetrics>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetricsSource, ScheduleMetrics>(provider => provider.GetRequiredService<ScheduleMetrics>()));
        return services;
    }

    public static OrchestrationRegistry AddSchedules(this OrchestrationRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(ScheduleActivities.Orchestration, _ => new ScheduleOrchestration())
            .Add(ScheduleActivities.Plan, services => services.GetRequiredService<PlanSchedule>())
            .Add(ScheduleActivities.Fire, services => services.GetRequiredService<FireSchedule>());
    }
}
