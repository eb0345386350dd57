using System.Text.Json;
using System.Text.Json.Serialization;

namespace CodeExec.Core.Orchestration;

/// <summary>How inputs, outputs and events are written into histories: a contract with every stored history.</summary>
public static class OrchestrationJson
{
    public static JsonSerializerOptions Options { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
        options.MakeReadOnly(populateMissingResolver: true);
        return options;
    }
}
