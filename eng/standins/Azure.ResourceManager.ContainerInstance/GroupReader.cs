using System.Text.Json;
using Azure.Core;
using Azure.ResourceManager.ContainerInstance.Models;

namespace Azure.ResourceManager.ContainerInstance;

/// <summary>What ARM answers.</summary>
internal static class GroupReader
{
    public static ContainerGroupData Read(JsonElement json)
    {
        JsonElement properties = json.GetProperty("properties");
        Dictionary<string, string> tags = [];
        if (json.TryGetProperty("tags", out JsonElement given) && given.ValueKind == JsonValueKind.Object)
        {
            tags = given.EnumerateObject().ToDictionary(tag => tag.Name, tag => tag.Value.GetString());
        }
        return new ContainerGroupData(
            new ResourceIdentifier(Text(json, "id")), Text(json, "name"), tags, new AzureLocation(Text(json, "location")), [.. List(properties, "containers").Select(ReadContainer)], Text(properties, "provisioningState"),
            Object(properties, "instanceView") is { } view ? new ContainerGroupInstanceView(Events(view), Text(view, "state")) : null);
    }

    /// <summary>Of attach and exec: where to connect, and with what.</summary>
    public static (Uri Address, string Password) ReadDoor(Response response)
    {
        using JsonDocument json = JsonDocument.Parse(response.Content);
        return (new Uri(Text(json.RootElement, "webSocketUri")), Text(json.RootElement, "password"));
    }

    public static string Text(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static int? Number(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetInt32() : null;

    private static ContainerInstanceContainer ReadContainer(JsonElement json)
    {
        JsonElement properties = json.GetProperty("properties");
        ContainerInstanceView view = Object(properties, "instanceView") is { } given
            ? new ContainerInstanceView(Number(given, "restartCount"), State(given, "currentState"), State(given, "previousState"), Events(given))
            : null;
        return new ContainerInstanceContainer(Text(json, "name"), Text(properties, "image"), view);
    }

    private static ContainerState State(JsonElement view, string name)
        => Object(view, name) is { } json ? new ContainerState(Text(json, "state"), Time(json, "startTime"), Number(json, "exitCode"), Time(json, "finishTime"), Text(json, "detailStatus")) : null;

    private static List<ContainerEvent> Events(JsonElement view)
        => [.. List(view, "events").Select(json => new ContainerEvent(Number(json, "count"), Text(json, "name"), Text(json, "message"), Text(json, "type")))];

    private static JsonElement? Object(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Object ? value : null;

    private static IEnumerable<JsonElement> List(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [];

    private static DateTimeOffset? Time(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetDateTimeOffset() : null;
}
