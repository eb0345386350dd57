using CodeExec.Core.Orchestration;

namespace CodeExec.Server.Tests.Faults;

/// <summary>An engine that hears the first event only after something else has happened.</summary>
internal sealed class LateEngine(IOrchestrationEngine engine) : IOrchestrationEngine
{
    public Func<Task>? BeforeTheFirst { get; set; }

    public async Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken)
    {
        if (BeforeTheFirst is { } before)
        {
            BeforeTheFirst = null;
            await before();
        }

        return await engine.RaiseEventAsync(instanceId, name, payload, cancellationToken);
    }

    public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
        => engine.StartAsync(orchestration, instanceId, input, options, cancellationToken);

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) => engine.FindAsync(instanceId, cancellationToken);

    public Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken) => engine.ListAsync(query, cancellationToken);

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) => engine.TerminateAsync(instanceId, reason, cancellationToken);

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) => engine.PurgeAsync(instanceId, cancellationToken);

    public Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken) => engine.WaitForEndAsync(instanceId, cancellationToken);

    public EngineStats GetStats() => engine.GetStats();
}
