using System.Text.Json;
using System.Text.RegularExpressions;

namespace CodeExec.Core.Languages.Loading;

/// <summary>
/// Reads one JSON object and notes every mistake instead of stopping at the first. A value that is missing or wrong is noted and
/// replaced by something harmless: a file with mistakes is never used.
/// </summary>
internal sealed class MemberReader(JsonElement element, string file, string path, ICollection<LanguageMistake> mistakes)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public string Text(string name) => OptionalText(name) ?? Missing(name, "a text", "");

    public string? OptionalText(string name)
        => Find(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text
            : Wrong(name, "must be a text that is not empty", "");

    public IReadOnlyList<string> Texts(string name) => Find(name) is null ? Missing<IReadOnlyList<string>>(name, "a list of texts", []) : OptionalTexts(name);

    public IReadOnlyList<string> OptionalTexts(string name)
        => Find(name) is not { } value ? []
            : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item is { ValueKind: JsonValueKind.String } && item.GetString()!.Length > 0)
                ? value.EnumerateArray().Select(item => item.GetString()!).ToArray()
                : Wrong<IReadOnlyList<string>>(name, "must be a list of texts that are not empty", []);

    /// <summary>Several commands, each a list of arguments.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Commands(string name)
        => Find(name) is not { } value ? Missing<IReadOnlyList<IReadOnlyList<string>>>(name, "a list of commands", [])
            : value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value.EnumerateArray().All(IsCommand)
                ? value.EnumerateArray().Select(command => command.EnumerateArray().Select(item => item.GetString()!).ToArray()).ToArray()
                : Wrong<IReadOnlyList<IReadOnlyList<string>>>(name, "must be a list of commands, each a list of texts that are not empty", []);

    public IReadOnlyDictionary<string, string> OptionalTextsByName(string name)
        => Find(name) is not { } value ? new Dictionary<string, string>()
            : value.ValueKind == JsonValueKind.Object && value.EnumerateObject().All(member => member.Value.ValueKind == JsonValueKind.String)
                ? value.EnumerateObject().ToDictionary(member => member.Name, member => member.Value.GetString()!)
                : Wrong(name, "must be an object whose values are texts", new Dictionary<string, string>());

    public int Positive(string name)
        => Find(name) is not { } value ? Missing(name, "a number above 0", 1)
            : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0 ? number
            : Wrong(name, "must be a whole number above 0 (\"no limit\" can not be said)", 1);

    public int? OptionalPositive(string name) => Find(name) is null ? null : Positive(name);

    public double? OptionalPositiveNumber(string name)
        => Find(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number > 0 ? number
            : Wrong(name, "must be a number above 0", 1);

    public bool OptionalBoolean(string name)
        => Find(name) is { } value && (value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : Wrong(name, "must be true or false", false));

    /// <param name="group">A group that the expression has to have.</param>
    public Regex Pattern(string name, string? group = null) => OptionalPattern(name, group) ?? Missing(name, "a regular expression", new Regex(""));

    public Regex? OptionalPattern(string name, string? group = null)
    {
        if (OptionalText(name) is not { Length: > 0 } text)
        {
            return null;
        }

        try
        {
            Regex pattern = new(text, RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant, ClassRule.MatchTimeout);
            return group is null || pattern.GetGroupNames().Contains(group)
                ? pattern
                : Wrong(name, $"needs a group (?<{group}>…)", pattern);
        }
        catch (RegexParseException exception)
        {
            return Wrong(name, $"is not a regular expression: {exception.Message}", new Regex(""));
        }
    }

    public MemberReader? OptionalObject(string name)
        => Find(name) is not { } value ? null
            : value.ValueKind == JsonValueKind.Object ? Inside(value, name)
            : Wrong<MemberReader?>(name, "must be an object", null);

    public MemberReader? Object(string name) => Find(name) is null ? Missing<MemberReader?>(name, "an object", null) : OptionalObject(name);

    public IReadOnlyList<MemberReader> OptionalObjects(string name)
        => Find(name) is not { } value ? []
            : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Object)
                ? value.EnumerateArray().Select((item, index) => Inside(item, $"{name}[{index}]")).ToArray()
                : Wrong<IReadOnlyList<MemberReader>>(name, "must be a list of objects", []);

    /// <summary>Call when all known members have been read: what is left over is a mistake.</summary>
    public void RefuseOthers()
    {
        foreach (JsonProperty member in element.EnumerateObject().Where(member => !_known.Contains(member.Name)))
        {
            Wrong(member.Name, $"is not known here; known are {string.Join(", ", _known.Order(StringComparer.Ordinal))}", 0);
        }
    }

    public T Wrong<T>(string name, string message, T instead)
    {
        mistakes.Add(new LanguageMistake(file, PathOf(name), message));
        return instead;
    }

    private static bool IsCommand(JsonElement value)
        => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0
            && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String && item.GetString()!.Length > 0);

    private T Missing<T>(string name, string what, T instead) => Wrong(name, $"is missing; it must be {what}", instead);

    private JsonElement? Find(string name)
    {
        _known.Add(name);
        return element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
    }

    private MemberReader Inside(JsonElement value, string name) => new(value, file, PathOf(name), mistakes);

    private string PathOf(string name) => path.Length == 0 ? name : $"{path}.{name}";
}
