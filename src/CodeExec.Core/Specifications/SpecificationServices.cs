using CodeExec.Core.Attempts;
using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Specifications.Incremental;
using CodeExec.Core.Specifications.Metrics;
using CodeExec.Core.Specifications.Running;
using CodeExec.Core.Specifications.Submitting;
using CodeExec.Core.Storage.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Specifications;

public static class SpecificationServices
{
    /// <summary>Specifications, challenges and the checking of implementations; over the stores, the engine and executions.</summary>
    public static IServiceCollection AddSpecifications(this IServiceCollection services)
    {
        services.TryAddSingleton<ReservedIds>();
        services.TryAddSingleton<SpecificationValidator>();
        services.TryAddSingleton<SpecificationCatalog>();
        services.TryAddSingleton<ChallengeCatalog>();
        services.TryAddSingleton<ValidationRuns>();
        services.TryAddSingleton<ReusableResults>();
        services.TryAddSingleton<ValidationService>();
        services.TryAddSingleton<SpecificationMetricsQuery>();
        services.TryAddSingleton<RunValidation>();
        services.TryAddSingleton<StopValidation>();
        services.TryAddSingleton<FinishValidation>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttemptedWork, AttemptedValidations>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRetained, ValidationRetention>());
        return services;
    }

    /// <param name="maxActive">How many implementations may be checked at once; the others wait in the store.</param>
    /// <param name="maxPending">How many may wait before one is refused.</param>
    public static OrchestrationRegistry AddSpecifications(this OrchestrationRegistry registry, int maxActive, int maxPending)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(ValidationActivities.Orchestration, _ => new ValidationOrchestration(), new OrchestrationLimits(maxActive, maxPending))
            .Add(ValidationActivities.Run, services => services.GetRequiredService<RunValidation>(), maxActive)
            .Add(ValidationActivities.Stop, services => services.GetRequiredService<StopValidation>(), maxActive)
            .Add(ValidationActivities.Finish, services => services.GetRequiredService<FinishValidation>(), maxActive);
    }
}
