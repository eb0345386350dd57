using System.Text.Json;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Activities;

/// <summary>What an activity is called with: its input, and the key of its effects.</summary>
/// <param name="Input">JSON, as <see cref="OrchestrationJson"/> writes it.</param>
/// <param name="TimeoutMs">For this try; null for the host's own limit.</param>
internal sealed record ActivityEnvelope(string InstanceId, int TaskId, int Attempt, string Input, long? TimeoutMs = null)
{
    public static ActivityEnvelope Parse(string json)
        => JsonSerializer.Deserialize<ActivityEnvelope>(json, OrchestrationJson.Options) ?? throw new JsonException("The activity has no input.");

    public string ToJson() => JsonSerializer.Serialize(this, OrchestrationJson.Options);
}
