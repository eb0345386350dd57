using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;

namespace CodeExec.Contracts.Fuzzing;

/// <summary>Makes damaged copies of good inputs, always the same for the same seed: half of them torn as bytes, half still JSON but with other values.</summary>
[SuppressMessage("Security", "CA5394", Justification = "It has to be repeatable, not unpredictable.")]
public sealed class Mutator(int seed)
{
    private static readonly string[] Tokens =
    [
        "null", "true", "-1", "0", "1e999", "-0.0", "9223372036854775808", "2147483648", "1.5", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"..\"", "\"/etc/passwd\"", "\"../../x\"", "\"a\\nb\"",
        "{}", "[]", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\"a\":", ",", ":", "\"", "\\", "\n", "\0", "/**/", "NaN", "\u2028", "\ufeff", "\"\\u202e\"", "%00", "..%2f", "&", "=", "'", " or 1=1",
    ];

    private readonly Random _random = new(seed);

    /// <summary>How many cases a build tries; more with ./test --long.</summary>
    public static int Cases => Environment.GetEnvironmentVariable("CODEEXEC_TEST_LONG") is null ? 1000 : 50_000;

    public byte[] Mutate(IReadOnlyList<string> good)
    {
        ArgumentNullException.ThrowIfNull(good);
        string chosen = good[_random.Next(good.Count)];
        byte[] bytes = _random.Next(2) == 0 && Revalue(chosen) is { } other ? other : Encoding.UTF8.GetBytes(chosen);
        for (int i = _random.Next(3); i > 0; i--)
        {
            bytes = Tear(bytes, good);
        }

        return bytes;
    }

    private byte[] Tear(byte[] bytes, IReadOnlyList<string> good)
    {
        int from = _random.Next(bytes.Length + 1), length = Math.Min(_random.Next(16), bytes.Length - from);
        byte[] before = bytes[..from], part = bytes[from..(from + length)], after = bytes[(from + length)..];
        return _random.Next(7) switch
        {
            0 => [.. before, .. part.Select(b => (byte)(b ^ (1 << _random.Next(8)))), .. after],
            1 => [.. before, .. after],
            2 => [.. before, .. part, .. part, .. after],
            3 => [.. before, .. RandomBytes(_random.Next(8)), .. after],
            4 => before,
            5 => [.. before, .. Encoding.UTF8.GetBytes(good[_random.Next(good.Count)])],
            _ => [.. before, .. Encoding.UTF8.GetBytes(Tokens[_random.Next(Tokens.Length)]), .. after],
        };
    }

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    // One line gets another value somewhere. Null for what is not JSON to begin with.
    private byte[]? Revalue(string text)
    {
        string[] lines = text.Split('\n');
        int line = _random.Next(lines.Length);
        if (!lines[line].StartsWith('{') || JsonNode.Parse(lines[line]) is not JsonObject root)
        {
            return null;
        }

        List<(JsonNode Parent, string Key, int Index)> places = [];
        Collect(root, places);
        if (places.Count == 0)
        {
            return null;
        }

        (JsonNode parent, string key, int index) = places[_random.Next(places.Count)];
        const string Mark = "\"@@@\"";
        if (parent is JsonObject members)
        {
            members[key] = "@@@";
        }
        else
        {
            parent[index] = "@@@";
        }

        lines[line] = root.ToJsonString().Replace(Mark, Tokens[_random.Next(Tokens.Length)], StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(string.Join('\n', lines));
    }

    private static void Collect(JsonNode node, List<(JsonNode, string, int)> places)
    {
        if (node is JsonObject members)
        {
            foreach ((string name, JsonNode? value) in members)
            {
                places.Add((node, name, 0));
                Collect(value ?? new JsonObject(), places);
            }
        }
        else if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                places.Add((node, "", i));
                Collect(items[i] ?? new JsonObject(), places);
            }
        }
    }
}
