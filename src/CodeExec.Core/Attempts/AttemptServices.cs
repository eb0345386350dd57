using CodeExec.Core.Attempts.Submitting;
using CodeExec.Core.Operations.Retention;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CodeExec.Core.Attempts;

public static class AttemptServices
{
    /// <summary>Attempts of students, over the documents of the host.</summary>
    public static IServiceCollection AddAttempts(this IServiceCollection services)
    {
        services.TryAddSingleton<AttemptStore>();
        services.TryAddSingleton<AttemptLedger>();
        services.TryAddSingleton<AttemptGate>();
        services.TryAddSingleton<AttemptSettling>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAttemptedWork, AttemptedExecutions>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRetained, AttemptRetention>());
        return services;
    }
}
