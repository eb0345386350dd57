using System.Text.Json;
using CodeExec.Core.Orchestration;

namespace CodeExec.Functions.Orchestrations;

/// <summary>What an instance is started with: its input, and where its counts go on after continue-as-new.</summary>
/// <param name="Input">JSON, as <see cref="OrchestrationJson"/> writes it: Durable's own converter never sees our types.</param>
internal sealed record OrchestrationEnvelope(string Input, int Run = 0, int FirstTask = 0)
{
    public static OrchestrationEnvelope Parse(string json)
        => JsonSerializer.Deserialize<OrchestrationEnvelope>(json, OrchestrationJson.Options) ?? throw new JsonException("The instance has no input.");

    public string ToJson() => JsonSerializer.Serialize(this, OrchestrationJson.Options);
}
