using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading.Interacting;
using CodeExec.Core.Grading.Running;
using CodeExec.Core.Grading.Submitting;
using CodeExec.Core.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Grading;

public static class GradingServices
{
    /// <summary>Graded executions. A host binds <see cref="GradingOptions"/> to its settings.</summary>
    public static IServiceCollection AddGrading(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<GradingOptions, GradingOptionsValidator>();
        services.AddProblems();
        services.TryAddSingleton<GradedSubmissions>();
        services.TryAddSingleton<PreparedSubmissions>();
        services.TryAddSingleton<TestSuites>();
        services.TryAddSingleton<TestResults>();
        services.TryAddSingleton<JudgePrograms>();
        services.TryAddSingleton<JudgeRun>();
        services.TryAddSingleton<InteractiveRun>();
        services.TryAddSingleton<GradedRun>();
        return services;
    }
}
