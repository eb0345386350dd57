using CodeExec.Core.Orchestration;
using CodeExec.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Engine.Embedded;

public static class EmbeddedEngineServices
{
    /// <summary>
    /// Adds the embedded engine and starts it with the host. It takes the <see cref="OrchestrationRegistry"/> and the
    /// <see cref="SqliteDatabase"/> of the container, and its clock if there is one.
    /// </summary>
    public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, Action<EmbeddedEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<EmbeddedEngineOptions> options = services.AddOptionsWithValidateOnStart<EmbeddedEngineOptions, EmbeddedEngineOptionsValidator>();
        if (configure is not null)
        {
            options.Configure(configure);
        }
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton(provider => new EmbeddedEngine(
            provider.GetRequiredService<SqliteDatabase>(),
            provider.GetRequiredService<OrchestrationRegistry>(),
            provider,
            provider.GetRequiredService<IOptions<EmbeddedEngineOptions>>().Value,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILoggerFactory>()));
        services.TryAddSingleton<IOrchestrationEngine>(provider => provider.GetRequiredService<EmbeddedEngine>());
        services.AddHostedService<EmbeddedEngineHost>();
        return services;
    }
}
