using System.CommandLine;
using CodeExec.Cli.Running;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class ArtifactsCommand : Command
{
    private readonly Argument<string> _id = Shared.Id();
    private readonly Argument<string?> _path = new("PATH") { Description = "Print this one to stdout.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _out = new("--out") { Description = "Save them (or the one) into this folder.", HelpName = "DIR" };
    private readonly CommandRunner _runner;

    public ArtifactsCommand(CommandRunner runner)
        : base("artifacts", "List the files that an execution kept, print one, or save them.")
    {
        _runner = runner;
        Add(_id);
        Add(_path);
        Add(_out);
        SetAction(parsed => runner.RunAsync(
            parsed, (client, giveUp) => RunAsync(client, parsed.GetRequiredValue(_id), parsed.GetValue(_path), parsed.GetValue(_out), giveUp)));
    }

    private async Task<int> RunAsync(CodeExecClient client, string id, string? path, string? folder, CancellationToken giveUp)
    {
        if (path is not null && folder is null)
        {
            await using Stream content = await client.GetArtifactAsync(id, path, giveUp);
            await _runner.CopyToOutAsync(content, giveUp);
            return ExitCodes.Success;
        }
        Execution execution = await client.GetAsync(id, giveUp);
        if (folder is null)
        {
            Table table = new("PATH", "SIZE");
            foreach (ExecutionArtifact artifact in execution.Artifacts)
            {
                table.Add(artifact.Path, artifact.Refused is { } reason ? $"not kept: {reason}" : Sizes.Show(artifact.SizeBytes));
            }
            await _runner.PrintAsync(table.ToString());
            return ExitCodes.Success;
        }
        IEnumerable<string> wanted = path is not null ? [path] : execution.Artifacts.Where(a => a.Refused is null).Select(a => a.Path);
        foreach (string one in wanted)
        {
            await ArtifactDownload.SaveAsync(client, id, one, _runner.Host.PathOf(folder), giveUp);
        }
        return ExitCodes.Success;
    }
}
