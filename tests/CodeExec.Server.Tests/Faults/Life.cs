using CodeExec.Api.Hosting;
using CodeExec.Contracts.Executions;
using CodeExec.Core.Batches;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Languages;
using CodeExec.Core.Languages.Detection;
using CodeExec.Core.Languages.Loading;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using CodeExec.Core.Schedules;
using CodeExec.Engine.Embedded;
using CodeExec.Server.Hosting;
using CodeExec.Sqlite;
using CodeExec.Storage.Local;
using CodeExec.Storage.Local.Folders;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Server.Tests.Faults;

/// <summary>One life of the server's inside (engine, stores, executions; no HTTP, containers that only pretend) on a data folder.</summary>
internal sealed class Life : IAsyncDisposable
{
    /// <summary>Of executions, those that are not yet due not counted; and of those, too.</summary>
    public const int MostPending = 100;

    private readonly ServiceProvider _services;

    private Life(ServiceProvider services) => _services = services;

    public IExecutionAcceptance Acceptance => _services.GetRequiredService<IExecutionAcceptance>();

    public IExecutionStore Executions => _services.GetRequiredService<IExecutionStore>();

    public ILogStore Logs => _services.GetRequiredService<ILogStore>();

    public IOrchestrationEngine Engine => _services.GetRequiredService<IOrchestrationEngine>();

    public IServiceProvider Services => _services;

    public T Get<T>()
        where T : notnull
        => _services.GetRequiredService<T>();

    public RunningExecutions Running => _services.GetRequiredService<RunningExecutions>();

    public static async Task<Life> StartAsync(string data, IContainerProvider provider, TimeProvider? clock = null, ICommitFaults? faults = null)
    {
        ServiceCollection services = new();
        services.AddLogging().AddSingleton<IConfiguration>(new ConfigurationBuilder().Build());
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(DataFolder.Open(data));
        services.AddSingleton(_ => SqliteDatabase.Open(new SqliteDatabaseOptions { File = DataFolder.Open(data).DatabaseFile, Faults = faults })); // by a factory: what the container has made it closes
        LanguageCatalog catalog = Catalog();
        services.AddSingleton(catalog);
        services.AddSingleton(new InstalledLanguages(catalog.All.Select(language => new DetectedLanguage(language, "3.11.2"))));
        services.AddOptions<ContainerPoolOptions>().Configure(options => options.MaxReady = 0);
        services.AddSingleton(provider);
        services.AddSingleton<IExecutionAcceptance, OneCommitAcceptance>();
        services.AddLocalStorage().AddExecutions().AddSubmissionValidation().AddBatches().AddSchedules().AddBatchForms();
        services.AddSingleton(_ => new OrchestrationRegistry().AddExecutions(maxActive: 8, maxPending: MostPending).AddBatches().AddSchedules().AddCallbacks());
        services.AddEmbeddedEngine(options => options.ShutdownGrace = TimeSpan.Zero);
        Life life = new(services.BuildServiceProvider());
        foreach (IHostedService hosted in life._services.GetServices<IHostedService>())
        {
            await hosted.StartAsync(CancellationToken.None);
        }

        await life._services.GetRequiredService<ExecutionRecovery>().RunAsync(CancellationToken.None);
        return life;
    }

    public async Task<ExecutionId> SubmitAsync(ExecutionSpec spec)
    {
        ExecutionRecord record = ExecutionSamples.Queued();
        await Acceptance.AcceptAsync(record, spec, null, CancellationToken.None);
        return record.Id;
    }

    public async Task<ExecutionRecord> EndAsync(ExecutionId id)
    {
        await Engine.WaitForEndAsync(id.ToString(), CancellationToken.None);
        return (await Executions.FindAsync(id, CancellationToken.None))!;
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private static LanguageCatalog Catalog()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "CodeExec.sln")))
        {
            folder = folder.Parent;
        }

        return LanguageFiles.Load(Path.Combine(folder?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."), "languages"));
    }
}
