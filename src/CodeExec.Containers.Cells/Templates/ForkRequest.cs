using System.Text.Json.Serialization;

namespace CodeExec.Containers.Cells.Templates;

/// <param name="Joins">How many of the descriptors that come along are files to join cgroups by; the rest are counters.</param>
/// <param name="Cgroup">The runner's option for its counters, with %d for each descriptor.</param>
/// <param name="Attend">Whether the template's attendant follows the cell; else it has a runner of its own from the start.</param>
internal sealed record ForkRequest(int Joins, int SizeMb, string Cgroup, bool Attend);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ForkRequest))]
internal sealed partial class ForkJson : JsonSerializerContext;
