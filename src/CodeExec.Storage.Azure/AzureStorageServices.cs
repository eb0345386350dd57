using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations;
using CodeExec.Core.Progress;
using CodeExec.Core.Queues;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure.Access;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Blobs;
using CodeExec.Storage.Azure.Documents;
using CodeExec.Storage.Azure.Executions;
using CodeExec.Storage.Azure.Progress;
using CodeExec.Storage.Azure.Queues;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Azure;

public static class AzureStorageServices
{
    /// <summary>
    /// Adds the stores of one storage account: executions, feeds, blobs with links, API keys, work queues. Tables and containers are made
    /// when they are missing. Settings: <c>Storage:Azure</c>, <c>Queues</c>. A host or a test may put its own first.
    /// </summary>
    public static IServiceCollection AddAzureStorage(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<AzureStorageOptions, AzureStorageOptionsValidator>().BindConfiguration(AzureStorageOptions.Section);
        services.AddOptionsWithValidateOnStart<QueueOptions, QueueOptionsValidator>().BindConfiguration(QueueOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ExecutionSignals>();
        services.TryAddSingleton(provider => AzureAccount.Open(Options<AzureStorageOptions>(provider)));
        services.TryAddSingleton<IExecutionStore>(provider => Open(TableExecutionStore.OpenAsync(Account(provider), provider.GetRequiredService<TimeProvider>(), CancellationToken.None)));
        services.TryAddSingleton<IApiKeyStore>(provider => Open(TableApiKeyStore.OpenAsync(Account(provider), CancellationToken.None)));
        services.TryAddSingleton<IDocumentStore>(provider => Open(TableDocumentStore.OpenAsync(Account(provider), CancellationToken.None)));
        services.TryAddSingleton<IBlobStore>(provider => Open(AzureBlobStore.OpenAsync(Account(provider), CancellationToken.None)));
        services.TryAddSingleton<IWorkQueue>(provider => Open(AzureWorkQueue.OpenAsync(Account(provider), Options<QueueOptions>(provider), CancellationToken.None)));
        services.TryAddSingleton<ILogStore>(provider => Open(AzureLogStore.OpenAsync(
            Account(provider),
            provider.GetRequiredService<ExecutionSignals>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<AzureLogStore>>() ?? NullLogger<AzureLogStore>.Instance,
            CancellationToken.None)));
        services.TryAddSingleton<IBlobLinks>(provider => new AzureBlobLinks(Account(provider), Options<AzureStorageOptions>(provider).LinkLifetime, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IOutageRule, AzureOutageRule>();
        return services;
    }

    private static TOptions Options<TOptions>(IServiceProvider provider)
        where TOptions : class
        => provider.GetRequiredService<IOptions<TOptions>>().Value;

    private static AzureAccount Account(IServiceProvider provider) => provider.GetRequiredService<AzureAccount>();

    /// <summary>The container can not await. Opening waits for the service once for each store, before the first request.</summary>
    /// <exception cref="AzureAccountUnusableException">The message says what to do.</exception>
    private static TStore Open<TStore>(Task<TStore> opening)
    {
        try
        {
            return opening.GetAwaiter().GetResult();
        }
        catch (Exception e) when (AzureAccountUnusableException.Explain(e) is { } explained)
        {
            throw explained;
        }
    }
}
