using System.Globalization;
using System.Text.Json;

namespace Azure.Data.Tables;

/// <summary>Entities as the Table service writes them: types that JSON lacks are named beside the value.</summary>
internal static class EntityJson
{
    public static byte[] Write(ITableEntity entity)
    {
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            foreach ((string name, object value) in Own(entity))
            {
                if (name is not ("odata.etag" or "Timestamp") && value is not null)
                {
                    Write(json, name, value);
                }
            }
            json.WriteEndObject();
        }
        return buffer.ToArray();
    }

    public static TableEntity Read(JsonElement json, string etag)
    {
        TableEntity entity = new();
        foreach (JsonProperty property in json.EnumerateObject())
        {
            if (property.Name == "odata.etag" || !property.Name.Contains("odata.", StringComparison.Ordinal))
            {
                string type = json.TryGetProperty(property.Name + "@odata.type", out JsonElement named) ? named.GetString() : null;
                entity[property.Name] = property.Name == "Timestamp" ? property.Value.GetDateTimeOffset() : ValueOf(property.Value, type);
            }
        }
        if (etag is not null)
        {
            entity["odata.etag"] = etag;
        }
        return entity;
    }

    public static TableEntity Own(ITableEntity entity)
        => entity as TableEntity ?? throw new NotSupportedException("This stand-in knows TableEntity only; see eng/standins/README.md.");

    private static void Write(Utf8JsonWriter json, string name, object value)
    {
        (string type, string text) = value switch
        {
            long number => ("Edm.Int64", number.ToString(CultureInfo.InvariantCulture)),
            DateTimeOffset time => ("Edm.DateTime", time.UtcDateTime.ToString("o", CultureInfo.InvariantCulture)),
            Guid guid => ("Edm.Guid", guid.ToString()),
            byte[] bytes => ("Edm.Binary", Convert.ToBase64String(bytes)),
            BinaryData data => ("Edm.Binary", Convert.ToBase64String(data.ToMemory().Span)),
            _ => (null, null),
        };
        if (type is not null)
        {
            json.WriteString(name + "@odata.type", type);
            json.WriteString(name, text);
            return;
        }
        switch (value)
        {
            case string words:
                json.WriteString(name, words);
                break;
            case bool yes:
                json.WriteBoolean(name, yes);
                break;
            case int whole:
                json.WriteNumber(name, whole);
                break;
            case double real:
                json.WriteString(name + "@odata.type", "Edm.Double");
                json.WriteNumber(name, real);
                break;
            default:
                throw new NotSupportedException($"A table has no type for {value.GetType()}.");
        }
    }

    private static object ValueOf(JsonElement value, string type) => (type, value.ValueKind) switch
    {
        ("Edm.Int64", _) => long.Parse(value.GetString(), CultureInfo.InvariantCulture),
        ("Edm.DateTime", _) => value.GetDateTimeOffset(),
        ("Edm.Guid", _) => value.GetGuid(),
        ("Edm.Binary", _) => value.GetBytesFromBase64(),
        ("Edm.Double", JsonValueKind.String) => double.Parse(value.GetString(), CultureInfo.InvariantCulture),
        ("Edm.Double", _) => value.GetDouble(),
        (_, JsonValueKind.String) => value.GetString(),
        (_, JsonValueKind.True or JsonValueKind.False) => value.GetBoolean(),
        (_, JsonValueKind.Number) => value.TryGetInt32(out int whole) ? (object)whole : value.GetDouble(),
        _ => null,
    };
}
