using System.CommandLine;
using CodeExec.Cli.Running;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class DisplaysCommand : Command
{
    private readonly Argument<string> _id = Shared.Id();
    private readonly Argument<string?> _display = new("DISPLAY") { Description = "Print this one to stdout: its id.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _out = new("--out") { Description = "Save them (or the one) into this folder.", HelpName = "DIR" };
    private readonly CommandRunner _runner;

    public DisplaysCommand(CommandRunner runner)
        : base("displays", "List what an execution shows (images, tables, charts), print one, or save them.")
    {
        _runner = runner;
        Add(_id);
        Add(_display);
        Add(_out);
        SetAction(parsed => runner.RunAsync(
            parsed, (client, giveUp) => RunAsync(client, parsed.GetRequiredValue(_id), parsed.GetValue(_display), parsed.GetValue(_out), giveUp)));
    }

    private async Task<int> RunAsync(CodeExecClient client, string id, string? wanted, string? folder, CancellationToken giveUp)
    {
        if (wanted is not null && folder is null)
        {
            await using Stream content = await client.GetDisplayAsync(id, wanted, giveUp);
            await _runner.CopyToOutAsync(content, giveUp);
            return ExitCodes.Success;
        }
        Execution execution = await client.GetAsync(id, giveUp);
        if (folder is null)
        {
            await _runner.PrintAsync(List(execution));
            return ExitCodes.Success;
        }
        foreach (ExecutionDisplay display in execution.Displays.Where(one => one.Id is not null && (wanted is null || one.Id == wanted)))
        {
            await ArtifactDownload.SaveAsync(() => client.GetDisplayAsync(id, display.Id!, giveUp), display.Name, _runner.Host.PathOf(folder), giveUp);
        }
        return ExitCodes.Success;
    }

    private static string List(Execution execution)
    {
        Table table = new("ID", "NAME", "TYPE", "SIZE");
        foreach (ExecutionDisplay display in execution.Displays)
        {
            table.Add(display.Id ?? "", display.Name, display.Mime ?? "", display.Refused is { } reason ? $"not shown: {reason}" : Sizes.Show(display.SizeBytes));
        }
        return table.ToString();
    }
}
