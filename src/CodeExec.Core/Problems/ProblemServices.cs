using CodeExec.Core.Problems.Checks;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Problems;

public static class ProblemServices
{
    public static IServiceCollection AddProblems(this IServiceCollection services)
    {
        services.TryAddSingleton<ProblemValidator>();
        services.TryAddSingleton<ProblemBlobs>();
        services.TryAddSingleton<OwnProblems>();
        services.TryAddSingleton<ProblemCatalog>();
        services.AddProblemChecks();
        return services;
    }
}
