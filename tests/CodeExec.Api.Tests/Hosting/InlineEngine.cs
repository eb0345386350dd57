using System.Collections.Concurrent;
using System.Text.Json;
using CodeExec.Core.Orchestration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace CodeExec.Api.Tests.Hosting;

/// <summary>Runs orchestrations at once and in memory, each activity once: enough to see a request through to its end.</summary>
public sealed class InlineEngine(OrchestrationRegistry registry, IServiceProvider services) : IOrchestrationEngine
{
    private readonly ConcurrentDictionary<string, Task<string>> _instances = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Instance, string Event), TaskCompletionSource<string>> _events = [];

    /// <summary>Refuses every start while set.</summary>
    public TimeSpan? BusyFor { get; set; }

    public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
    {
        if (BusyFor is { } wait)
        {
            throw new EngineBusyException(orchestration.Value, 1, wait);
        }

        Assert.True(registry.TryGetOrchestration(orchestration.Value, out OrchestrationRegistration? found), orchestration.Value);
        string json = JsonSerializer.Serialize(input, OrchestrationJson.Options);
        return Task.FromResult(_instances.TryAdd(instanceId, Task.Run(() => found.RunAsync(services, new Context(this, instanceId), json), CancellationToken.None)));
    }

    public async Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken)
    {
        if (_instances.TryGetValue(instanceId, out Task<string>? running))
        {
            await running.WaitAsync(cancellationToken);
        }

        return null;
    }

    public Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken)
        => Task.FromResult(EventOf(instanceId, name).TrySetResult(JsonSerializer.Serialize(payload, OrchestrationJson.Options)));

    public Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken) => throw new NotSupportedException();

    public EngineStats GetStats() => new(new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());

    private TaskCompletionSource<string> EventOf(string instance, string name)
        => _events.GetOrAdd((instance, name), _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));

    private sealed class Context(InlineEngine engine, string instanceId) : OrchestrationContext
    {
        public override string InstanceId => instanceId;

        public override DateTimeOffset CurrentUtc => throw new NotSupportedException();

        public override bool IsReplaying => false;

        public override ILogger Logger => NullLogger.Instance;

        public override Guid NewGuid() => throw new NotSupportedException();

        public override async Task<TOut> CallActivityAsync<TIn, TOut>(ActivityName<TIn, TOut> activity, TIn input, ActivityOptions? options = null)
        {
            Assert.True(engine.Registry.TryGetActivity(activity.Value, out ActivityRegistration? found), activity.Value);
            string json = JsonSerializer.Serialize(input, OrchestrationJson.Options);
            return JsonSerializer.Deserialize<TOut>(await found.RunAsync(engine.Services, new ActivityContext(instanceId, 1, 1), json, CancellationToken.None), OrchestrationJson.Options)!;
        }

        public override async Task<T> WaitForEventAsync<T>(string name, CancellationToken cancellationToken = default)
            => JsonSerializer.Deserialize<T>(await engine.EventOf(instanceId, name).Task.WaitAsync(cancellationToken), OrchestrationJson.Options)!;

        public override Task<TOut> CallSubOrchestrationAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, TIn input, string? instanceId = null) => throw new NotSupportedException();

        public override Task CreateTimerAsync(DateTimeOffset fireAt, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override void SetCustomStatus<T>(T status)
        {
        }

        public override void ContinueAsNew<T>(T input) => throw new NotSupportedException();
    }

    private OrchestrationRegistry Registry => registry;

    private IServiceProvider Services => services;
}
