using CodeExec.Core.Grading.Running;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Grading;

public static class GradingServices
{
    /// <summary>Graded executions. A host binds <see cref="GradingOptions"/> to its settings.</summary>
    public static IServiceCollection AddGrading(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GradingOptions, GradingOptionsValidator>();
        services.TryAddSingleton<TestSuites>();
        services.TryAddSingleton<TestResults>();
        services.TryAddSingleton<GradingContainers>();
        services.TryAddSingleton<JudgeRun>();
        services.TryAddSingleton<GradedRun>();
        return services;
    }
}
