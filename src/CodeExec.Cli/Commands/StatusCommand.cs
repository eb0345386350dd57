using System.CommandLine;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class StatusCommand : Command
{
    private readonly Argument<string> _id = Shared.Id();
    private readonly Option<bool> _json = Shared.Json();

    public StatusCommand(CommandRunner runner)
        : base("status", "Show how an execution is, or how it ended.")
    {
        Add(_id);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            Execution execution = await client.GetAsync(parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(execution) : ExecutionText.Of(execution));
            return ExitCodes.Success;
        }));
    }
}
