using System.Text.Json;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Jobs;

/// <summary>The shapes that a job's JSON is made of.</summary>
internal static class JobJson
{
    /// <summary>On a value after this; false at the end of the object.</summary>
    public static bool NextMember(ref Utf8JsonReader json, out string name)
    {
        json.Read();
        name = json.TokenType == JsonTokenType.PropertyName ? json.GetString()! : "";
        return json.TokenType == JsonTokenType.PropertyName && json.Read();
    }

    public static void ExpectObject(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            throw new JobFormatException("The job has something else where an object belongs.");
        }
    }

    public static void ExpectArray(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            throw new JobFormatException("The job has something else where a list belongs.");
        }
    }

    public static string String(ref Utf8JsonReader json) =>
        json.GetString() ?? throw new JobFormatException("The job has null where a text belongs.");

    public static long? OptionalInteger(ref Utf8JsonReader json) => json.TokenType == JsonTokenType.Null ? null : json.GetInt64();

    public static List<string> Strings(ref Utf8JsonReader json)
    {
        List<string> strings = [];
        ExpectArray(ref json);
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            strings.Add(String(ref json));
        }

        return strings;
    }

    public static Dictionary<string, string> Map(ref Utf8JsonReader json)
    {
        Dictionary<string, string> map = [];
        ExpectObject(ref json);
        while (NextMember(ref json, out string name))
        {
            map[name] = String(ref json);
        }

        return map;
    }

    public static JobFormatException Missing(string member) => new($"The job lacks '{member}'.");

    public static JobFormatException Unknown(string member) => new($"The job has a member '{member}' that this runner does not know.");
}
