using System.Globalization;
using System.Text.Json;
using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.History;

/// <summary>How values are written into histories.</summary>
internal static class EngineJson
{
    public static string Write<T>(T value) => JsonSerializer.Serialize(value, OrchestrationJson.Options);

    public static T Read<T>(string? json) => json is null ? default! : JsonSerializer.Deserialize<T>(json, OrchestrationJson.Options)!;

    public static string WriteTime(DateTimeOffset time) => time.UtcTicks.ToString(CultureInfo.InvariantCulture);

    public static DateTimeOffset ReadTime(string ticks) => new(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero);
}
