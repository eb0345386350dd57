using Microsoft.Extensions.Hosting;

namespace CodeExec.Engine.Embedded;

/// <summary>Starts and stops the engine with the host.</summary>
internal sealed class EmbeddedEngineHost(EmbeddedEngine engine) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => engine.StartAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => engine.StopAsync(cancellationToken);
}
