using System.Globalization;

namespace CodeExec.Core.Problems.Importing;

/// <summary>A script that makes tests, as authors write it in Polygon: a line "gen 10 20 &gt; 3" each; "&gt; $" is the next number that is free.</summary>
internal static class PolygonScript
{
    private static readonly string[] Places = ["script.txt", "script", "files/script.txt", "scripts/script.txt", "tests/script.txt"];

    /// <returns>By the number of the test. What needs a template engine is passed over.</returns>
    public static IReadOnlyDictionary<int, PolygonCommand> Read(SafeArchive archive)
    {
        Dictionary<int, PolygonCommand> commands = [];
        List<PolygonCommand> anywhere = [];
        string text = Places.Select(archive.Text).FirstOrDefault(found => found is not null) ?? "";
        foreach (string line in text.Split('\n'))
        {
            int arrow = line.LastIndexOf('>');
            if (arrow < 0 || line.TrimStart() is ['#' or '<', ..] || PolygonCommand.Parse(line[..arrow]) is not { } command)
            {
                continue;
            }

            string target = line[(arrow + 1)..].Trim();
            if (target == "$")
            {
                anywhere.Add(command);
            }
            else if (int.TryParse(target, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
            {
                commands[number] = command;
            }
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
}
