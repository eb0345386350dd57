using System.Text.Json;
using System.Text.Unicode;

namespace CodeExec.Core.Executions.Displays;

/// <summary>What is shown, and how it is told apart: images by their first bytes whatever they are called, texts by the end of their name.</summary>
public static class DisplayTypes
{
    public static readonly DisplayType Png = new("image/png", "png", IsText: false);
    public static readonly DisplayType Jpeg = new("image/jpeg", "jpg", IsText: false);
    public static readonly DisplayType Gif = new("image/gif", "gif", IsText: false);
    public static readonly DisplayType Webp = new("image/webp", "webp", IsText: false);
    public static readonly DisplayType Svg = new("image/svg+xml", "svg", IsText: true);
    public static readonly DisplayType Html = new("text/html", "html", IsText: true);
    public static readonly DisplayType Markdown = new("text/markdown", "md", IsText: true);
    public static readonly DisplayType Csv = new("text/csv", "csv", IsText: true);
    public static readonly DisplayType Json = new("application/json", "json", IsText: true);
    public static readonly DisplayType VegaLite = new("application/vnd.vegalite.v5+json", "vl.json", IsText: true);
    public static readonly DisplayType Plain = new("text/plain", "txt", IsText: true);

    public static IReadOnlyList<DisplayType> All { get; } = [Png, Jpeg, Gif, Webp, Svg, Html, Markdown, Csv, VegaLite, Json, Plain];

    /// <param name="id">Of a display: "2.png".</param>
    /// <returns>Null if that can not be one's id.</returns>
    public static DisplayType? OfId(string id)
    {
        int dot = id.IndexOf('.', StringComparison.Ordinal);
        bool isNumber = dot is > 0 and < 10 && id.AsSpan(0, dot).IndexOfAnyExceptInRange('0', '9') < 0;
        return isNumber ? All.FirstOrDefault(type => id.AsSpan(dot + 1).SequenceEqual(type.Ending)) : null;
    }

    public static DisplayType? OfMime(string? mime) => All.FirstOrDefault(type => type.Mime == mime);

    /// <returns>Null for what is not shown.</returns>
    public static DisplayType? Find(string name, ReadOnlySpan<byte> content)
        => ImageOf(content) ?? (Utf8.IsValid(content) && !content.Contains((byte)0) ? TextOf(name.ToLowerInvariant(), content) : null);

    private static DisplayType? ImageOf(ReadOnlySpan<byte> content)
        => content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0d, 0x0a, 0x1a, 0x0a]) ? Png
            : content.StartsWith((ReadOnlySpan<byte>)[0xff, 0xd8, 0xff]) ? Jpeg
            : content.StartsWith("GIF87a"u8) || content.StartsWith("GIF89a"u8) ? Gif
            : content.Length >= 12 && content.StartsWith("RIFF"u8) && content[8..].StartsWith("WEBP"u8) ? Webp
            : null;

    private static DisplayType? TextOf(string name, ReadOnlySpan<byte> content) => Path.GetExtension(name) switch
    {
        ".svg" when content.IndexOf("<svg"u8) >= 0 => Svg,
        ".html" or ".htm" => Html,
        ".md" or ".markdown" => Markdown,
        ".csv" => Csv,
        ".json" or ".vegalite" => JsonOf(content),
        ".png" or ".jpg" or ".jpeg" or ".gif" or ".webp" => null, // says that it is an image, and is none
        _ => Plain,
    };

    private static DisplayType JsonOf(ReadOnlySpan<byte> content)
    {
        try
        {
            Utf8JsonReader json = new(content);
            bool isChart = false;
            while (json.Read())
            {
                isChart |= json.CurrentDepth == 1 && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals("$schema"u8)
                    && json.Read() && json.TokenType == JsonTokenType.String && json.GetString()!.Contains("/schema/vega-lite/", StringComparison.Ordinal);
            }

            return isChart ? VegaLite : Json;
        }
        catch (JsonException)
        {
            return Plain;
        }
    }
}
