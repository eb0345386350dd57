using CodeExec.Core.Problems.Importing.Templates;

namespace CodeExec.Core.Problems.Importing;

/// <summary>
/// A script that makes tests, as authors write it in Polygon, in FreeMarker if they like: a line "gen 10 20 &gt; 3" each; "&gt; $" is the next number that
/// is free, and a generator that writes "&gt; {4-7}" makes a file for each.
/// </summary>
internal static class PolygonScript
{
    private static readonly string[] Places = ["script.txt", "script", "script.ftl", "files/script.txt", "files/script", "scripts/script.txt", "tests/script.txt", "tests/script"];

    /// <returns>By the number of the test; empty without a script.</returns>
    /// <exception cref="ArchiveRefusedException">It is wrong: the message has the line.</exception>
    public static IReadOnlyDictionary<int, PolygonCommand> Read(SafeArchive archive)
    {
        string? place = Places.FirstOrDefault(one => archive.Find(one) is not null);
        Dictionary<int, PolygonCommand> commands = [];
        if (place is null)
        {
            return commands;
        }

        List<PolygonCommand> anywhere = [];
        try
        {
            foreach ((string text, int line) in ScriptTemplate.Expand(archive.Text(place)!.ReplaceLineEndings("\n")))
            {
                Add(text.Trim(), line, commands, anywhere);
            }
        }
        catch (TemplateException e)
        {
            throw new ArchiveRefusedException($"{place}, line {e.Line}: {e.Message}", e);
        }

        int next = 1;
        foreach (PolygonCommand command in anywhere)
        {
            while (commands.ContainsKey(next) || archive.Find($"tests/{next:D2}") is not null)
            {
                next++;
            }

            commands[next] = command;
        }

        return commands;
    }

    private static void Add(string text, int line, Dictionary<int, PolygonCommand> commands, List<PolygonCommand> anywhere)
    {
        if (text.Length == 0 || text[0] == '#')
        {
            return;
        }

        int arrow = text.LastIndexOf('>');
        string target = text[(arrow + 1)..].Trim();
        if (arrow < 0 || PolygonCommand.Parse(text[..arrow]) is not { } command)
        {
            throw new TemplateException(line, "A command says where its test goes: gen 10 20 > 3, or > $, or > {4-7}.");
        }

        if (target == "$")
        {
            anywhere.Add(command);
        }
        else if (PolygonCommand.TryNumber(target, out int number))
        {
            commands[number] = command;
        }
        else if (PolygonCommand.Numbers(target) is { } numbers)
        {
            foreach (int one in numbers)
            {
                commands[one] = command with { File = $"{one}" };
            }
        }
        else
        {
            throw new TemplateException(line, $"'{target}' is no place for a test: a number, $, or numbers such as {{1-10}} or {{3,5-7}}.");
        }
    }
}
