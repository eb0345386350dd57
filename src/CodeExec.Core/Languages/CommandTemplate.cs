using System.Text.RegularExpressions;

namespace CodeExec.Core.Languages;

/// <summary>
/// A command with placeholders. Each element becomes whole arguments and no shell ever reads them, so nothing in a file's name or an
/// argument can become another command.
/// </summary>
public sealed partial class CommandTemplate
{
    private static readonly Dictionary<string, Func<CommandValues, string>> Single = new(StringComparer.Ordinal)
    {
        ["entry"] = values => NotAnOption(values.Entry),
        ["stem"] = values => NotAnOption(values.Stem),
        ["entryDir"] = values => values.EntryFolder,
        ["mainClass"] = values => values.MainClass,
        ["memoryMb"] = values => values.MemoryMb.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };

    private static readonly Dictionary<string, Func<CommandValues, IEnumerable<string>>> Many = new(StringComparer.Ordinal)
    {
        ["sources"] = values => values.Sources.Select(NotAnOption),
        ["compileArgs"] = values => values.CompileArguments,
        ["versionArgs"] = values => values.VersionArguments,
        ["stackArgs"] = values => values.StackArguments,
    };

    private readonly IReadOnlyList<string> _elements;

    private CommandTemplate(IReadOnlyList<string> elements) => _elements = elements;

    public static IEnumerable<string> Placeholders => Single.Keys.Concat(Many.Keys);

    /// <param name="mistakes">What is wrong with it, in words; empty if nothing is.</param>
    /// <returns>Null if there are mistakes.</returns>
    public static CommandTemplate? Parse(IReadOnlyList<string> elements, out IReadOnlyList<string> mistakes)
    {
        ArgumentNullException.ThrowIfNull(elements);
        mistakes = elements.Count == 0 ? ["needs at least the program"] : elements.SelectMany(MistakesIn).ToArray();
        return mistakes.Count == 0 ? new CommandTemplate(elements) : null;
    }

    public bool Uses(string placeholder) => _elements.Any(element => element.Contains($"{{{placeholder}}}", StringComparison.Ordinal));

    public IReadOnlyList<string> Expand(CommandValues values)
        => _elements
            .SelectMany(element => Many.TryGetValue(NameIn(element), out Func<CommandValues, IEnumerable<string>>? list)
                ? list(values)
                : [Braces().Replace(element, match => Single[match.Groups["name"].Value](values))])
            .ToArray();

    public override string ToString() => string.Join(' ', _elements);

    private static IEnumerable<string> MistakesIn(string element)
    {
        foreach (string name in Braces().Matches(element).Select(match => match.Groups["name"].Value))
        {
            if (Many.ContainsKey(name) && element.Length != name.Length + 2)
            {
                yield return $"'{element}': {{{name}}} stands for several arguments and must be an element of its own";
            }
            else if (!Many.ContainsKey(name) && !Single.ContainsKey(name))
            {
                yield return $"'{element}': there is no {{{name}}}; there are {string.Join(", ", Placeholders.Select(known => $"{{{known}}}"))}";
            }
        }
    }

    private static string NameIn(string element) => element is ['{', .. string name, '}'] ? name : "";

    /// <summary>A file may be called "-rf.c".</summary>
    private static string NotAnOption(string path) => path.StartsWith('-') ? "./" + path : path;

    [GeneratedRegex(@"\{(?<name>[^{}]*)\}")]
    private static partial Regex Braces();
}
