using CodeExec.Core.Orchestration;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>Knows its numbers and nothing else: the surface asks an engine for no more.</summary>
public sealed class FakeEngine : IOrchestrationEngine
{
    public EngineStats GetStats() => new(
        new Dictionary<string, int> { ["execution"] = 2 }, new Dictionary<string, int> { ["execution"] = 3 }, new Dictionary<string, int> { ["run"] = 1 });

    public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
        => throw new NotSupportedException();

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();
}
