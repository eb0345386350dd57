using CodeExec.Contracts.Azurite;
using CodeExec.Core.Containers;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Functions.Tests.Hosting;

/// <summary>Tests of the whole app on Azurite, with cells for containers.</summary>
public abstract class OnAzurite : IAsyncLifetime
{
    protected const string Key = "key-of-the-functions-tests";

    private FunctionsHost? _host;

    protected static CancellationToken None => CancellationToken.None;

    protected string Prefix { get; } = AzuriteProcess.NewPrefix();

    private protected FunctionsHost Host => _host!;

    public async Task InitializeAsync()
    {
        AzuriteProcess azurite = await AzuriteProcess.GetAsync();
        _host = await FunctionsHost.StartAsync(Settings(azurite));
    }

    public async Task DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    protected (string Name, string Value)[] Settings(AzuriteProcess azurite) =>
    [
        ("Storage:Azure:ConnectionString", azurite.ConnectionString),
        ("Storage:Azure:Prefix", Prefix),
        ("Secrets:Key", Convert.ToBase64String(new byte[32])),
        ("Auth:Keys:0:Name", "admin"),
        ("Auth:Keys:0:Key", Key),
        ("Auth:Keys:0:Role", "Admin"),
    ];

    protected async Task RequireCellsAsync()
    {
        ProviderHealth health = await Host.Services.GetRequiredService<ContainerProviders>().All[0].CheckAsync(None);
        Skip.If(!health.IsHealthy, health.Problem);
    }
}
