using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Tests.Engine;

/// <summary>A task hub in memory, without anything that runs its instances: a test says what becomes of them.</summary>
internal sealed class FakeDurableClient() : DurableTaskClient("fake")
{
    public ConcurrentDictionary<string, OrchestrationMetadata> Instances { get; } = [];

    public List<(string Instance, string Name, object? Payload)> Raised { get; } = [];

    public List<(string Instance, StartOrchestrationOptions Options, object? Input)> Scheduled { get; } = [];

    /// <summary>Called in the moment before an instance is made.</summary>
    public Action? BeforeSchedule { get; set; }

    /// <summary>Name, id and input of an instance that was made.</summary>
    public Action<string, string, string>? OnScheduled { get; set; }

    /// <summary>Id, name and payload of an event.</summary>
    public Action<string, string, string>? OnRaised { get; set; }

    public void Set(string id, OrchestrationRuntimeStatus status, string name = "execution", string? output = null, TaskFailureDetails? failure = null, DateTimeOffset createdAt = default)
        => Instances[id] = new OrchestrationMetadata(name, id) { RuntimeStatus = status, SerializedOutput = output, FailureDetails = failure, CreatedAt = createdAt };

    public override Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        BeforeSchedule?.Invoke();
        string id = options!.InstanceId!;
        if (Instances.TryGetValue(id, out OrchestrationMetadata? known) && options.DedupeStatuses!.Contains(known.RuntimeStatus.ToString()))
        {
            throw new InvalidOperationException("An orchestration with this id exists.");
        }
        Set(id, OrchestrationRuntimeStatus.Pending, orchestratorName.Name);
        Scheduled.Add((id, options, input));
        OnScheduled?.Invoke(orchestratorName.Name, id, (string)input!);
        return Task.FromResult(id);
    }

    public override Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default)
    {
        Raised.Add((instanceId, eventName, eventPayload));
        OnRaised?.Invoke(instanceId, eventName, (string)eventPayload!);
        return Task.CompletedTask;
    }

    public override Task<OrchestrationMetadata?> GetInstancesAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
        => Task.FromResult(Instances.GetValueOrDefault(instanceId));

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
        => Pageable.Create((token, _) =>
        {
            int from = int.Parse(token ?? filter?.ContinuationToken ?? "0", System.Globalization.CultureInfo.InvariantCulture);
            OrchestrationMetadata[] all = [.. Instances.Values.OrderBy(instance => instance.InstanceId, StringComparer.Ordinal)
                .Where(instance => filter?.Statuses?.Contains(instance.RuntimeStatus) ?? true)
                .Where(instance => instance.InstanceId.StartsWith(filter?.InstanceIdPrefix ?? "", StringComparison.Ordinal))];
            OrchestrationMetadata[] page = [.. all.Skip(from).Take(filter?.PageSize ?? 100)];
            return Task.FromResult(new Page<OrchestrationMetadata>(page, from + page.Length < all.Length ? $"{from + page.Length}" : null));
        });

    public override Task TerminateInstanceAsync(string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        Set(instanceId, OrchestrationRuntimeStatus.Terminated, Instances[instanceId].Name);
        return Task.CompletedTask;
    }

    public override Task<PurgeResult> PurgeInstanceAsync(string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
        => Task.FromResult(new PurgeResult(Instances.TryRemove(instanceId, out _) ? 1 : 0));

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
