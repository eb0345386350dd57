using System.Text.Json.Serialization;

namespace CodeExec.Api.Displays;

/// <summary>Something that a program showed.</summary>
/// <param name="Id">Null for what was not kept, as are <paramref name="Mime"/> and <paramref name="Url"/>.</param>
internal sealed record DisplayView(string? Id, string Name, string? Mime, long SizeBytes, string? Step, DateTimeOffset At, long Sequence, string? Url)
{
    /// <summary>The whole of it, if it is small. Not in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Data { get; init; }

    /// <summary>Of <see cref="Data"/>: "utf8" or "base64".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Encoding { get; init; }

    /// <summary>Why it was not kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refused { get; init; }
}
