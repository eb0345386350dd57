using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class ChangesCommand : Command
{
    private readonly Argument<string> _id = new("ID") { Description = "The regrade's id." };
    private readonly Option<bool> _json = Shared.Json();

    public ChangesCommand(CommandRunner runner)
        : base("changes", "Show who comes to something else by a regrade.")
    {
        Add(_id);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            RegradeChanges changes = await client.GetChangesAsync(parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(changes) : BatchText.Of(changes));
            return ExitCodes.Success;
        }));
    }
}
