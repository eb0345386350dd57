namespace CodeExec.Cli.Running;

/// <summary>Options that give names and values.</summary>
internal static class Pairs
{
    /// <summary>K=V; K alone takes the value from our own environment, so that a secret need not stand on a command line.</summary>
    public static IReadOnlyDictionary<string, string>? Variables(string[]? given, string option, Func<string, string?> environment)
    {
        if (given is not { Length: > 0 })
        {
            return null;
        }
        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int split = text.IndexOf('=', StringComparison.Ordinal);
            string name = split < 0 ? text : text[..split];
            if (name.Length == 0)
            {
                throw new UsageException($"'{text}' does not fit {option}: write NAME=VALUE, or NAME for our own value.");
            }
            variables[name] = split >= 0
                ? text[(split + 1)..]
                : environment(name) ?? throw new UsageException($"{option} {name}: no such variable in our environment; set it, or write {name}=VALUE.");
        }
        return variables;
    }

    /// <summary>K:V, as the API writes labels.</summary>
    public static IReadOnlyDictionary<string, string>? Labels(string[]? given)
    {
        if (given is not { Length: > 0 })
        {
            return null;
        }
        Dictionary<string, string> labels = new(StringComparer.Ordinal);
        foreach (string text in given)
        {
            int split = text.IndexOf(':', StringComparison.Ordinal);
            if (split <= 0)
            {
                throw new UsageException($"'{text}' does not fit --label: write KEY:VALUE.");
            }
            labels[text[..split]] = text[(split + 1)..];
        }
        return labels;
    }
}
