using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchActionCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Option<bool> _json = Shared.Json();

    public BatchActionCommand(CommandRunner runner, string name, string description, BatchAction act)
        : base(name, description)
    {
        Add(_id);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            Batch batch = await act(client, parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(batch) : BatchText.Of(batch));
            return ExitCodes.Success;
        }));
    }
}
