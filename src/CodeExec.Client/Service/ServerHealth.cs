using System.Text.Json;

namespace CodeExec.Client;

/// <param name="Healthy">The server said so with its status code.</param>
/// <param name="Detail">Its whole answer: the state of each thing it depends on.</param>
public sealed record ServerHealth(bool Healthy, string Status, JsonElement Detail);
