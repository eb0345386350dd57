namespace CodeExec.Core.Problems.Importing;

/// <summary>The plain part of YAML that packages are written in: names and values, one level deep, and lists of values. The rest is passed over.</summary>
internal static class PlainYaml
{
    /// <returns>By name; of a nested one "outer.inner". The values of a list stand in one text, parted by blanks.</returns>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        string outer = "", last = "";
        foreach (string line in text.Split('\n'))
        {
            string content = WithoutComment(line).TrimEnd(), trimmed = content.TrimStart();
            if (trimmed.StartsWith("- ", StringComparison.Ordinal) && last.Length > 0)
            {
                values[last] = $"{values.GetValueOrDefault(last)} {Unquoted(trimmed[2..].Trim())}".Trim();
                continue;
            }

            int colon = content.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
            {
                continue;
            }

            bool nested = char.IsWhiteSpace(content[0]);
            string name = Unquoted(content[..colon].Trim());
            outer = nested ? outer : name;
            last = nested ? $"{outer}.{name}" : name;
            Add(values, last, content[(colon + 1)..].Trim());
        }

        return values;
    }

    public static IReadOnlyDictionary<string, string> ReadIni(string text)
        => text.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => Unquoted(same.First()[1].Trim()), StringComparer.Ordinal);

    private static void Add(Dictionary<string, string> values, string name, string value)
    {
        if (value is ['[', .., ']'])
        {
            values[name] = string.Join(' ', value[1..^1].Split(',').Select(item => Unquoted(item.Trim())).Where(item => item.Length > 0));
        }
        else if (value is ['{', .., '}'])
        {
            foreach (string[] member in value[1..^1].Split(',').Select(member => member.Split(':', 2)).Where(member => member.Length == 2))
            {
                values[$"{name}.{Unquoted(member[0].Trim())}"] = Unquoted(member[1].Trim());
            }
        }
        else if (value.Length > 0)
        {
            values[name] = Unquoted(value);
        }
    }

    private static string WithoutComment(string line)
    {
        int mark = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return mark < 0 ? line : line[..mark];
    }

    private static string Unquoted(string value) => value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
