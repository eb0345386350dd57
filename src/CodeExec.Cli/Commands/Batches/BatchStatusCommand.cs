using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchStatusCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Option<bool> _json = Shared.Json();

    public BatchStatusCommand(CommandRunner runner)
        : base("status", "Show how far a batch is, and what it came to.")
    {
        Add(_id);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            Batch batch = await client.GetBatchAsync(parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(batch) : BatchText.Of(batch));
            return ExitCodes.Success;
        }));
    }
}
