using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Queues;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Access;
using CodeExec.Storage.Local.Blobs;
using CodeExec.Storage.Local.Documents;
using CodeExec.Storage.Local.Executions;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Progress;
using CodeExec.Storage.Local.Queues;
using CodeExec.Storage.Local.Secrets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Local;

public static class LocalStorageServices
{
    /// <summary>
    /// Adds the stores of one machine, in one folder: executions, feeds, blobs, API keys, work queues, secrets, and the <see cref="SqliteDatabase"/> that
    /// the engine shares with them. Settings: <c>Data:Path</c>, <c>Secrets:Key</c>. A host or a test may put its own first.
    /// </summary>
    public static IServiceCollection AddLocalStorage(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<LocalStorageOptions, LocalStorageOptionsValidator>().BindConfiguration(LocalStorageOptions.Section);
        services.AddOptionsWithValidateOnStart<SecretsOptions, SecretsOptionsValidator>().BindConfiguration(SecretsOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ExecutionSignals>();
        services.TryAddSingleton(provider => DataFolder.Open(Options<LocalStorageOptions>(provider).Path));
        services.TryAddSingleton(provider => SqliteDatabase.OpenSound(new SqliteDatabaseOptions { File = provider.GetRequiredService<DataFolder>().DatabaseFile }));
        services.TryAddSingleton<ISecretProtector>(provider => SecretProtector.Open(Options<SecretsOptions>(provider), provider.GetRequiredService<DataFolder>()));
        services.TryAddSingleton(provider => Open(SqliteExecutionStore.OpenAsync(Database(provider), provider.GetRequiredService<TimeProvider>(), CancellationToken.None)));
        services.TryAddSingleton<IExecutionStore>(provider => provider.GetRequiredService<SqliteExecutionStore>());
        services.TryAddSingleton<IApiKeyStore>(provider => Open(SqliteApiKeyStore.OpenAsync(Database(provider), CancellationToken.None)));
        services.TryAddSingleton<IDocumentStore>(provider => Open(SqliteDocumentStore.OpenAsync(Database(provider), CancellationToken.None)));
        services.TryAddSingleton<IBlobStore>(provider => Open(
            FileBlobStore.OpenAsync(Database(provider), provider.GetRequiredService<DataFolder>(), provider.GetRequiredService<TimeProvider>(), CancellationToken.None)));
        services.TryAddSingleton<ILogStore>(provider => Open(LocalLogStore.OpenAsync(
            Database(provider),
            provider.GetRequiredService<DataFolder>(),
            provider.GetRequiredService<ExecutionSignals>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetService<ILogger<LocalLogStore>>() ?? NullLogger<LocalLogStore>.Instance,
            CancellationToken.None)));
        services.AddOptionsWithValidateOnStart<QueueOptions, QueueOptionsValidator>().BindConfiguration(QueueOptions.Section);
        services.TryAddSingleton<IWorkQueue>(provider => Open(SqliteWorkQueue.OpenAsync(
            Database(provider), Options<QueueOptions>(provider), provider.GetRequiredService<TimeProvider>(), CancellationToken.None)));
        services.AddHostedService<LocalStorageStart>();
        return services;
    }

    private static TOptions Options<TOptions>(IServiceProvider provider)
        where TOptions : class
        => provider.GetRequiredService<IOptions<TOptions>>().Value;

    private static SqliteDatabase Database(IServiceProvider provider) => provider.GetRequiredService<SqliteDatabase>();

    /// <summary>The container can not await. Opening waits for one commit on the writer's own thread, once for each store, before the first request.</summary>
    private static TStore Open<TStore>(Task<TStore> opening) => opening.GetAwaiter().GetResult();
}
