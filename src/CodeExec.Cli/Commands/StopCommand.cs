using System.CommandLine;

namespace CodeExec.Cli.Commands;

internal sealed class StopCommand : Command
{
    private readonly Argument<string> _id = Shared.Id();

    public StopCommand(CommandRunner runner)
        : base("stop", "Stop an execution. One that has ended stays as it is.")
    {
        Add(_id);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            await client.StopAsync(parsed.GetRequiredValue(_id), giveUp);
            return ExitCodes.Success;
        }));
    }
}
