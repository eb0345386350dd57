using CodeExec.Core.Orchestration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Problems.Checks;

public static class CheckServices
{
    /// <summary>Checks of problems; over the stores, the engine and executions. It binds <see cref="CheckOptions"/> to its settings.</summary>
    public static IServiceCollection AddProblemChecks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<CheckOptions, CheckOptionsValidator>();
        services.TryAddSingleton<ProblemStates>();
        services.TryAddSingleton<ProblemChecks>();
        services.TryAddSingleton<CheckPlaces>();
        services.TryAddSingleton<CheckStarter>();
        services.TryAddSingleton<CheckService>();
        services.TryAddSingleton<CheckRuns>();
        services.TryAddSingleton<CheckEnding>();
        services.TryAddSingleton<SolutionSpecs>();
        services.TryAddSingleton<MadeData>();
        services.TryAddSingleton<MakeInputs>();
        services.TryAddSingleton<MakeInputFiles>();
        services.TryAddSingleton<MakeAnswers>();
        services.TryAddSingleton<JudgeProblem>();
        services.TryAddSingleton<AdvanceCheck>();
        services.TryAddSingleton<GiveUpCheck>();
        return services;
    }

    /// <param name="maxActive">How many problems may be checked at once; the others wait in the store.</param>
    /// <param name="maxPending">How many may wait before one is refused.</param>
    public static OrchestrationRegistry AddProblemChecks(this OrchestrationRegistry registry, int maxActive, int maxPending)
    {
        ArgumentNullException.ThrowIfNull(registry);
        return registry
            .Add(CheckActivities.Orchestration, _ => new CheckOrchestration(), new OrchestrationLimits(maxActive, maxPending))
            .Add(CheckActivities.Advance, services => services.GetRequiredService<AdvanceCheck>(), maxActive)
            .Add(CheckActivities.GiveUp, services => services.GetRequiredService<GiveUpCheck>(), maxActive);
    }
}
