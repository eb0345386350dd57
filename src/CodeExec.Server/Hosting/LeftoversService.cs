using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Executions.Running.Leaving;

namespace CodeExec.Server.Hosting;

/// <summary>Removes what an earlier life left, before anything new begins; and at the end, after the engine has stopped, lets nothing be left.</summary>
internal sealed class LeftoversService(ContainerProviders providers, LeftContainers left, RunningExecutions running, ContainerPool pool) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (IContainerProvider provider in providers.All)
        {
            await left.ReapAsync(provider, cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await running.AllContainersGoneAsync();
        await pool.DisposeAsync();
    }
}
