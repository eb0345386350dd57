using System.Text.Json;

namespace CodeExec.Reviews.Claude;

/// <summary>Reads an answer with care: what is of another type is not there, what is too long is cut or not there.</summary>
internal static class AnswerText
{
    private const int LongestText = 2000;

    public static JsonElement[] Items(JsonElement item, string name)
        => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    /// <summary>Words for people: cut where they are long.</summary>
    public static string? Text(JsonElement item, string name) => item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out JsonElement value) ? Text(value) : null;

    /// <inheritdoc cref="Text(JsonElement, string)"/>
    public static string? Text(JsonElement value)
        => Whole(value) is { Length: > 0 } text ? text.Length <= LongestText ? text : text[..LongestText] + "…" : null;

    /// <summary>A text to its end; null if it is none, or has half a character.</summary>
    public static string? Whole(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // an escape stands for half a character
        }
    }
}
