using CodeExec.Core.Containers;

namespace CodeExec.Server.Hosting;

/// <summary>Removes what an earlier life left, before anything new begins.</summary>
internal sealed class LeftoversService(ContainerProviders providers) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IContainerProvider provider in providers.All)
        {
            await provider.ReapAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
