namespace CodeExec.Core.Problems.Importing;

/// <summary>The plain part of YAML that problem.yaml is written in: names and values, one level deep. The rest is passed over.</summary>
internal static class PlainYaml
{
    /// <returns>By name; of a nested one "outer.inner".</returns>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        Dictionary<string, string> values = new(StringComparer.Ordinal);
        string outer = "";
        foreach (string line in text.Split('\n'))
        {
            string content = WithoutComment(line).TrimEnd();
            int colon = content.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1)
            {
                continue;
            }

            bool nested = char.IsWhiteSpace(content[0]);
            string name = content[..colon].Trim(), value = Unquoted(content[(colon + 1)..].Trim());
            outer = nested ? outer : name;
            if (value.Length > 0)
            {
                values[nested ? $"{outer}.{name}" : name] = value;
            }
        }

        return values;
    }

    public static IReadOnlyDictionary<string, string> ReadIni(string text)
        => text.Split('\n')
            .Select(line => line.Split('=', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => Unquoted(same.First()[1].Trim()), StringComparer.Ordinal);

    private static string WithoutComment(string line)
    {
        int mark = line.StartsWith('#') ? 0 : line.IndexOf(" #", StringComparison.Ordinal);
        return mark < 0 ? line : line[..mark];
    }

    private static string Unquoted(string value) => value.Length > 1 && value[0] is '"' or '\'' && value[^1] == value[0] ? value[1..^1] : value;
}
