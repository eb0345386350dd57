using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>What a program showed, for somebody at a terminal: texts as they are, of all else where it is.</summary>
/// <param name="onlyFiles">Standard output has all of it already.</param>
internal sealed class ShownThings(CodeExecClient client, LiveOutput output, bool onlyFiles)
{
    /// <summary>More of a text is for a file.</summary>
    private const int MostCharacters = 4000;

    /// <param name="folder">Where to save them; null for nowhere.</param>
    public async Task KeepAsync(Execution execution, string? folder, CancellationToken giveUp)
    {
        foreach (ExecutionDisplay display in execution.Displays)
        {
            if (display.Id is not { } id)
            {
                output.Tell($"not shown: {display.Name} ({display.Refused})");
            }
            else if (folder is not null)
            {
                await ArtifactDownload.SaveAsync(() => client.GetDisplayAsync(execution.Id, id, giveUp), display.Name, folder, giveUp);
                output.Tell($"shown {display.Name}: {Path.Join(folder, display.Name)}");
            }
            else if (!onlyFiles)
            {
                Tell(execution.Id, display);
            }
        }
    }

    private void Tell(string execution, ExecutionDisplay display)
    {
        bool isWhole = display is { IsText: true, Data: { Length: <= MostCharacters } };
        string where = isWhole ? "" : $": 'codeexec displays {execution} {display.Id}' prints it, --displays DIR saves it.";
        output.Tell($"shown {display.Name} ({display.Mime}, {Sizes.Show(display.SizeBytes)}){where}");
        foreach (string line in isWhole ? display.Data!.TrimEnd('\n').Split('\n') : [])
        {
            output.Tell($"  {line}");
        }
    }
}
