using System.Collections.Concurrent;
using CodeExec.Core.Orchestration;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>Takes all that is started or raised, and does nothing with it; what is waited for has ended.</summary>
public sealed class AcceptingEngine : IOrchestrationEngine
{
    private readonly ConcurrentDictionary<string, bool> _started = new(StringComparer.Ordinal);

    public ConcurrentQueue<(string Instance, string Event)> Raised { get; } = [];

    public IEnumerable<string> Started => _started.Keys;

    public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
        => Task.FromResult(_started.TryAdd(instanceId, true));

    public Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken)
    {
        Raised.Enqueue((instanceId, name));
        return Task.FromResult(_started.ContainsKey(instanceId));
    }

    public Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult<InstanceStatus?>(null);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) => Task.FromResult(_started.TryRemove(instanceId, out _));

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) => Task.CompletedTask;

    public EngineStats GetStats() => new(new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
}
