using CodeExec.Core.Containers;
using CodeExec.Core.Operations;
using CodeExec.Core.Operations.Retention;

namespace CodeExec.Server.Operations;

internal static class OperationsServices
{
    /// <summary>What /health, /stats and /metrics tell of this host.</summary>
    public static IServiceCollection AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<IDependencyCheck, StoreCheck>();
        services.AddSingleton<IDependencyCheck>(provider => new ContainersCheck(provider.GetRequiredService<ContainerProviders>().All[0]));
        services.AddSingleton<IMetricsSource, PoolMetrics>();
        services.AddSingleton<IOutageRule, StoreOutageRule>();
        services.AddOptions<RetentionOptions>().BindConfiguration(RetentionOptions.Section);
        services.AddHostedService<RetentionService>();
        return services;
    }
}
