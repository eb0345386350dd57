using System.CommandLine;

namespace CodeExec.Cli.Commands;

internal sealed class DeleteCommand : Command
{
    private readonly Argument<string> _id = Shared.Id();

    public DeleteCommand(CommandRunner runner)
        : base("delete", "Stop an execution if need be, and delete all that is stored of it.")
    {
        Add(_id);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            await client.DeleteAsync(parsed.GetRequiredValue(_id), giveUp);
            return ExitCodes.Success;
        }));
    }
}
