using System.Text.Json.Serialization;

namespace CodeExec.Protocol;

/// <summary>Source-generated, so that the runner needs no reflection. Unknown members are refused on both sides.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UseStringEnumConverter = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(Job))]
[JsonSerializable(typeof(RunnerEvent))]
[JsonSerializable(typeof(RunnerCommand))]
public sealed partial class ProtocolJson : JsonSerializerContext;
