using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Engine;

/// <summary>The engine's client side over Durable Functions.</summary>
internal sealed class DurableOrchestrationEngine(DurableClientSource source, TimeProvider clock) : IOrchestrationEngine
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private static readonly OrchestrationRuntimeStatus[] AnyStatus =
    [
        OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended,
        OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated,
    ];

    private DurableTaskClient Client => source.Client;

    public async Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orchestration);
        if (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is not null)
        {
            return false;
        }
        // Without the list a finished instance of this id would be replaced, history and all.
        StartOrchestrationOptions start = new StartOrchestrationOptions(instanceId).WithDedupeStatuses(AnyStatus);
        try
        {
            await Client.ScheduleNewOrchestrationInstanceAsync(DurableNames.Of(orchestration.Value), new OrchestrationEnvelope(Write(input)).ToJson(), start, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // How a refused repeat is told differs between hosts; whether the instance is there does not.
            if (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is null)
            {
                throw;
            }
            return false;
        }
    }

    public async Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken)
        => await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, cancellationToken) is { } found ? found.ToStatus() : null;

    /// <summary>Newest first within a page; Durable pages in no order.</summary>
    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        OrchestrationQuery filter = new(
            Statuses: query.State is { } state ? [state.ToDurable()] : null,
            PageSize: query.Limit,
            FetchInputsAndOutputs: true,
            ContinuationToken: query.Cursor);
        await foreach (Page<OrchestrationMetadata> page in Client.GetAllInstancesAsync(filter).AsPages(query.Cursor, query.Limit).WithCancellation(cancellationToken))
        {
            IEnumerable<OrchestrationMetadata> items = query.Orchestration is { } name ? page.Values.Where(found => found.Name == DurableNames.Of(name)) : page.Values;
            return new([.. items.OrderByDescending(found => found.CreatedAt).Select(found => found.ToStatus())], page.ContinuationToken);
        }
        return new([], null);
    }

    public async Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken)
    {
        if (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is not { IsCompleted: false })
        {
            return false;
        }
        await Client.RaiseEventAsync(instanceId, name, Write(payload), cancellationToken);
        return true;
    }

    /// <summary>The host does not pass a termination on: sub-orchestrations are found by their ids, which begin with the instance's own.</summary>
    public async Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        if (await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is { IsCompleted: false })
        {
            await Client.TerminateInstanceAsync(instanceId, new TerminateInstanceOptions(reason), cancellationToken);
        }
        OrchestrationQuery children = new(InstanceIdPrefix: instanceId + ":", Statuses: [OrchestrationRuntimeStatus.Pending, OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Suspended]);
        await foreach (OrchestrationMetadata child in Client.GetAllInstancesAsync(children).WithCancellation(cancellationToken))
        {
            await Client.TerminateInstanceAsync(child.InstanceId, new TerminateInstanceOptions(reason), cancellationToken);
        }
    }

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
        => await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: false, cancellationToken) is { IsCompleted: true }
            && (await Client.PurgeInstanceAsync(instanceId, new PurgeInstanceOptions(), cancellationToken)).PurgedInstanceCount > 0;

    /// <summary>Looks now and then: the host ends a call that waits after 100 seconds.</summary>
    public async Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(LookEvery, clock);
        while (true)
        {
            InstanceStatus? status = await FindAsync(instanceId, cancellationToken);
            if (status is null || status.HasEnded)
            {
                return status;
            }
            await timer.WaitForNextTickAsync(cancellationToken);
        }
    }

    /// <summary>None: all instances of the app share the engine, and the platform's own metrics count it.</summary>
    public EngineStats GetStats() => new(new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());

    private static string Write<T>(T value) => JsonSerializer.Serialize(value, OrchestrationJson.Options);
}
