using CodeExec.Api.Hosting;
using CodeExec.Contracts.Fakes;
using CodeExec.Core.Access;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Progress;
using CodeExec.Core.Queues;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>The pipeline on a real socket, over fakes.</summary>
public sealed class ApiHost : IAsyncDisposable
{
    public const string AdminKey = "admin-key-of-the-tests", ReaderKey = "reader-key-of-the-tests", SubmitterKey = "submitter-key-of-tests", OtherKey = "other-tenants-submitter";

    private readonly WebApplication _app;

    private ApiHost(WebApplication app, CapturedLog log)
    {
        _app = app;
        Log = log;
        Address = new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        Executions = app.Services.GetRequiredService<FakeExecutionService>();
        Http = new() { BaseAddress = Address };
    }

    public Uri Address { get; }

    public HttpClient Http { get; }

    public CapturedLog Log { get; }

    public FakeExecutionService Executions { get; }

    public IServiceProvider Services => _app.Services;

    public EndpointDataSource[] EndpointSources => [.. ((IEndpointRouteBuilder)_app).DataSources];

    /// <summary>A server without keys, unless settings say otherwise.</summary>
    public static Task<ApiHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings.Append(("Auth:Open", "true")));

    /// <summary>A server with a key for each role, and one of another tenant.</summary>
    public static Task<ApiHost> StartWithKeysAsync(params (string Name, string Value)[] settings) => StartWithKeysAsync(null, settings);

    public static Task<ApiHost> StartWithKeysAsync(Action<IServiceCollection>? configure, params (string Name, string Value)[] settings) => StartAsync(configure, settings.Concat(
    [
        ("Auth:Keys:0:Name", "admin"), ("Auth:Keys:0:Key", AdminKey), ("Auth:Keys:0:Role", "Admin"),
        ("Auth:Keys:1:Name", "reader"), ("Auth:Keys:1:Key", ReaderKey), ("Auth:Keys:1:Role", "Reader"),
        ("Auth:Keys:2:Name", "submitter"), ("Auth:Keys:2:Hash", ApiKeyText.Hash(SubmitterKey)), ("Auth:Keys:2:Role", "Submitter"),
        ("Auth:Keys:3:Name", "other"), ("Auth:Keys:3:Key", OtherKey), ("Auth:Keys:3:Role", "Admin"), ("Auth:Keys:3:Tenant", "other"),
    ]));

    public static async Task<ApiHost> StartAsync(Action<IServiceCollection>? configure, IEnumerable<(string Name, string Value)> settings)
    {
        CapturedLog log = new();
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create<string, string?>(setting.Name, setting.Value)));
        builder.Logging.ClearProviders().AddProvider(log).SetMinimumLevel(Microsoft.Extensions.Logging.LogLevel.Trace);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        configure?.Invoke(builder.Services);
        AddFakes(builder.Services);
        builder.Services.AddCodeExecApi();
        WebApplication app = builder.Build();
        app.MapCodeExecApi();
        await app.StartAsync();
        return new(app, log);
    }

    /// <summary>Stops as a host does at SIGTERM, and returns when all requests have ended.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        using CancellationTokenSource atOnce = new();
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static void AddFakes(IServiceCollection services)
    {
        services.AddSingleton<InMemoryExecutionStore>();
        services.AddSingleton<IExecutionStore>(provider => provider.GetRequiredService<InMemoryExecutionStore>());
        services.TryAddSingleton<ExecutionSignals>();
        services.TryAddSingleton<ILogStore>(provider => new InMemoryLogStore(provider.GetRequiredService<ExecutionSignals>()));
        services.AddSingleton<IApiKeyStore, InMemoryApiKeyStore>();
        services.AddSingleton<IBlobStore, InMemoryBlobStore>();
        services.AddSingleton<IDocumentStore, InMemoryDocumentStore>();
        services.AddSingleton<IWorkQueue>(_ => new InMemoryWorkQueue(TimeProvider.System));
        services.AddSingleton<ISecretProtector, PlainSecretProtector>();
        services.TryAddSingleton<IOrchestrationEngine, FakeEngine>(); // a test may have put its own first
        services.AddSingleton(KnownLanguages.Catalog);
        services.AddSingleton(KnownLanguages.Installed);
        services.AddSingleton(new ContainerProviders([new FakeProvider("cells"), new FakeProvider("docker")]));
        services.AddSingleton<FakeExecutionService>();
        services.AddSingleton<IExecutionService>(provider => provider.GetRequiredService<FakeExecutionService>());
    }
}
