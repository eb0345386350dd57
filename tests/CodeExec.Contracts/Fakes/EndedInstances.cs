using CodeExec.Core.Orchestration;

namespace CodeExec.Contracts.Fakes;

/// <summary>An engine whose instances have all ended.</summary>
public sealed class EndedInstances : IOrchestrationEngine
{
    public IList<string> Purged { get; } = [];

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        Purged.Add(instanceId);
        return Task.FromResult(true);
    }

    public Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult<InstanceStatus?>(null);

    public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public EngineStats GetStats() => throw new NotSupportedException();
}
