using System.Text.Json;

namespace CodeExec.Api.Requests;

/// <summary>The members of one object in a body. A null counts as left out; what is of another type is an error of its field.</summary>
internal sealed class JsonFields
{
    private static readonly JsonElement EmptyObject = JsonElement.Parse("{}");

    private readonly Dictionary<string, JsonElement> _members = new(StringComparer.Ordinal);
    private readonly FieldErrors _errors;
    private readonly string _path;

    /// <param name="path">Of the object in the body; empty for the body itself.</param>
    /// <param name="known">The members it may have; null where others are passed over.</param>
    public JsonFields(JsonElement element, string path, FieldErrors errors, HashSet<string>? known)
    {
        _errors = errors;
        _path = path;
        foreach (JsonProperty property in element.EnumerateObject())
        {
            if (TryGetName(property, out string name))
            {
                Take(name, property.Value, known);
            }
            else
            {
                errors.Add(path.Length == 0 ? "body" : path, "The name of a member is not valid text: an escape stands for half a character.");
            }
        }
    }

    public string? Text(string name) => _members.TryGetValue(name, out JsonElement value) ? AsText(value, At(name)) : null;

    /// <summary>A text, or an object or array as the JSON that it is.</summary>
    public string? TextOrJson(string name)
        => _members.TryGetValue(name, out JsonElement value) && value.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? value.GetRawText() : Text(name);

    /// <summary>A text, or a number as it is written.</summary>
    public string? TextOrNumber(string name)
        => _members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Text(name);

    /// <summary>A text that clients know by several names. Only one of them may be there.</summary>
    public string? TextOf(string name, params ReadOnlySpan<string> otherNames)
    {
        string found = name;
        foreach (string other in otherNames)
        {
            if (Has(other) && Has(found))
            {
                _errors.Add(At(other), $"Means the same as '{found}': send one of them.");
            }
            else if (Has(other))
            {
                found = other;
            }
        }

        return Text(found);
    }

    public long? Integer(string name)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number))
        {
            return number;
        }

        _errors.Add(At(name), "Must be a whole number.");
        return null;
    }

    public decimal? Decimal(string name)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out decimal number))
        {
            return number;
        }

        _errors.Add(At(name), "Must be a number.");
        return null;
    }

    public double? Number(string name)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number))
        {
            return number;
        }

        _errors.Add(At(name), "Must be a number.");
        return null;
    }

    public bool? Flag(string name)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return value.GetBoolean();
        }

        _errors.Add(At(name), "Must be true or false.");
        return null;
    }

    /// <summary>Whether the member is a text, where it may be a text or an object.</summary>
    public bool IsText(string name) => _members.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String;

    public bool Has(string name) => _members.ContainsKey(name);

    /// <summary>The names of all members, for objects whose names are the client's.</summary>
    public IEnumerable<string> Names => _members.Keys;

    public IReadOnlyList<string>? TextList(string name)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _errors.Add(At(name), "Must be an array of texts.");
            return null;
        }

        List<string> list = new(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            list.Add(AsText(item, $"{At(name)}[{list.Count}]") ?? "");
        }

        return list;
    }

    public IReadOnlyDictionary<string, string>? TextMap(string name)
    {
        if (Object(name, null) is not { } fields)
        {
            return null;
        }

        Dictionary<string, string> map = new(fields._members.Count, StringComparer.Ordinal);
        foreach ((string key, JsonElement item) in fields._members)
        {
            map[key] = AsText(item, fields.At(key)) ?? "";
        }

        return map;
    }

    public JsonFields? Object(string name, HashSet<string>? known)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind == JsonValueKind.Object)
        {
            return new(value, At(name), _errors, known);
        }

        _errors.Add(At(name), "Must be an object.");
        return null;
    }

    public IReadOnlyList<JsonFields>? Objects(string name, HashSet<string>? known)
    {
        if (!_members.TryGetValue(name, out JsonElement value))
        {
            return null;
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            _errors.Add(At(name), "Must be an array of objects.");
            return null;
        }

        List<JsonFields> list = new(value.GetArrayLength());
        int index = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            string path = $"{At(name)}[{index++}]";
            if (item.ValueKind == JsonValueKind.Object)
            {
                list.Add(new(item, path, _errors, known));
            }
            else
            {
                _errors.Add(path, "Must be an object.");
            }
        }

        return list;
    }

    /// <summary>As <see cref="Objects"/>; a text stands for an object whose only member it is.</summary>
    public IReadOnlyList<JsonFields>? ObjectsOrTexts(string name, HashSet<string> known, string member)
    {
        if (!_members.TryGetValue(name, out JsonElement value) || value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => item.ValueKind != JsonValueKind.String))
        {
            return Objects(name, known);
        }

        List<JsonFields> list = new(value.GetArrayLength());
        foreach (JsonElement item in value.EnumerateArray())
        {
            string path = $"{At(name)}[{list.Count}]";
            bool isObject = item.ValueKind == JsonValueKind.Object;
            JsonFields fields = new(isObject ? item : EmptyObject, path, _errors, known);
            if (!isObject)
            {
                fields._members[member] = item; // what is no text is told when it is read
            }

            list.Add(fields);
        }

        return list;
    }

    private void Take(string name, JsonElement value, HashSet<string>? known)
    {
        if (known?.Contains(name) == false)
        {
            _errors.Add(At(name), "There is no such member.");
        }
        else if (value.ValueKind != JsonValueKind.Null)
        {
            _members[name] = value;
        }
        else if (known is null && _path.Length > 0)
        {
            _errors.Add(At(name), "Must be a text.");
        }
    }

    private string? AsText(JsonElement value, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            _errors.Add(path, "Must be a text.");
            return null;
        }

        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            _errors.Add(path, "Is not valid text: an escape stands for half a character (a lone surrogate).");
            return null;
        }
    }

    private string At(string name) => _path.Length == 0 ? name : $"{_path}.{name}";

    private static bool TryGetName(JsonProperty property, out string name)
    {
        try
        {
            name = property.Name;
            return true;
        }
        catch (InvalidOperationException)
        {
            name = "";
            return false;
        }
    }
}
