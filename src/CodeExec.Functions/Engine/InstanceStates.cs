using System.Text.Json;
using CodeExec.Core.Orchestration;
using CodeExec.Functions.Orchestrations;
using Microsoft.DurableTask.Client;

namespace CodeExec.Functions.Engine;

/// <summary>Durable's words in ours.</summary>
internal static class InstanceStates
{
    public static OrchestrationRuntimeStatus ToDurable(this InstanceState state) => state switch
    {
        InstanceState.Pending => OrchestrationRuntimeStatus.Pending,
        InstanceState.Running => OrchestrationRuntimeStatus.Running,
        InstanceState.Completed => OrchestrationRuntimeStatus.Completed,
        InstanceState.Failed => OrchestrationRuntimeStatus.Failed,
        InstanceState.Terminated => OrchestrationRuntimeStatus.Terminated,
        _ => OrchestrationRuntimeStatus.Suspended,
    };

    public static InstanceStatus ToStatus(this OrchestrationMetadata found) => new(
        found.InstanceId,
        found.Name.Replace('-', '.'), // our names have dots and no dashes
        StateOf(found.RuntimeStatus),
        found.CreatedAt,
        found.LastUpdatedAt,
        Text(found.SerializedOutput),
        Text(found.SerializedCustomStatus),
        found.FailureDetails?.ToFailure());

    private static InstanceState StateOf(OrchestrationRuntimeStatus status) => status switch
    {
        OrchestrationRuntimeStatus.Pending => InstanceState.Pending,
        OrchestrationRuntimeStatus.Completed => InstanceState.Completed,
        OrchestrationRuntimeStatus.Failed => InstanceState.Failed,
        OrchestrationRuntimeStatus.Terminated => InstanceState.Terminated,
        OrchestrationRuntimeStatus.Suspended => InstanceState.Suspended,
        _ => InstanceState.Running, // the others are kept by the package for old hosts
    };

    /// <summary>Outputs and statuses are JSON of ours as a text, which Durable has written as JSON once more.</summary>
    private static string? Text(string? serialized)
        => serialized is null or "null" ? null : serialized.StartsWith('"') ? JsonSerializer.Deserialize<string>(serialized) : serialized;
}
