using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Core.Storage.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Storage.Local;

/// <summary>Opens every store when the host starts, so that what is wrong with the folder or the key is told then and not to the first client.</summary>
internal sealed class LocalStorageStart(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (Type store in (Type[])[typeof(ISecretProtector), typeof(IExecutionStore), typeof(ILogStore), typeof(IBlobStore), typeof(IDocumentStore), typeof(IApiKeyStore)])
        {
            services.GetRequiredService(store);
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
