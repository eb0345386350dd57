using CodeExec.Core.Batches.Running;
using CodeExec.Core.Batches.Submitting;
using CodeExec.Core.Grading.Overriding;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Batches;

public static class BatchServices
{
    /// <summary>Batches, over the stores and the engine of the host. It binds <see cref="BatchOptions"/> to its settings.</summary>
    public static IServiceCollection AddBatches(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<BatchOptions, BatchOptionsValidator>();
        services.TryAddSingleton<BatchStore>();
        services.TryAddSingleton<ReservedIds>();
        services.TryAddSingleton<GradedBefore>();
        services.TryAddSingleton<BatchRemoval>();
        services.TryAddSingleton<BatchRules>();
        services.TryAddSingleton<BatchReceiver>();
        services.TryAddSingleton<BatchIntake>();
        services.TryAddSingleton<BatchQueueIntake>();
        services.TryAddSingleton<PoisonMessages>();
        services.TryAddSingleton<BatchControl>();
        services.TryAddSingleton<BatchService>();
        services.TryAddSingleton<BatchRecovery>();
        services.TryAddSingleton<BatchRequeue>();
        services.TryAddSingleton<GradeSubmission>();
        services.TryAddSingleton<GradeOverrides>();
        services.TryAddSingleton<RunShard>();
        services.TryAddSingleton<BeginBatch>();
        services.TryAddSingleton<SettleBatch>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRetained, BatchRetention>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRetained, ReservedIdRetention>());
        return services;
    }

    public static OrchestrationRegistry AddBatches(this OrchestrationRegistry registry)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(BatchActivities.Orchestration, _ => new BatchOrchestration())
            .Add(BatchActivities.Begin, services => services.GetRequiredService<BeginBatch>())
            .Add(BatchActivities.RunShard, services => services.GetRequiredService<RunShard>())
            .Add(BatchActivities.Settle, services => services.GetRequiredService<SettleBatch>());
    }
}
