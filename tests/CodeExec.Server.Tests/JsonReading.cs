using System.Text.Json;

namespace CodeExec.Server.Tests;

internal static class JsonReading
{
    public static JsonElement At(this JsonElement element, string name)
        => element.TryGetProperty(name, out JsonElement found) ? found : throw new Xunit.Sdk.XunitException($"There is no '{name}' in {element}");

    public static string Text(this JsonElement element, string name) => element.At(name).ToString();
}
