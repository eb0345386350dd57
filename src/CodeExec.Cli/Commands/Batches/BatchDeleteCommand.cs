using System.CommandLine;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchDeleteCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();

    public BatchDeleteCommand(CommandRunner runner)
        : base("delete", "Cancel a batch if need be, and delete it. Its executions stay.")
    {
        Add(_id);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            await client.DeleteBatchAsync(parsed.GetRequiredValue(_id), giveUp);
            return ExitCodes.Success;
        }));
    }
}
