using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchFollowCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Option<bool> _json = Shared.Json();
    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "No progress." };

    public BatchFollowCommand(CommandRunner runner)
        : base("follow", "Wait for the end of a batch. Exit code 0 when all of it was graded, 1 when something was set aside, 130 when it was cancelled.")
    {
        Add(_id);
        Add(_json);
        Add(_quiet);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            Batch ended = await new BatchWatch(client, runner.Host, parsed.GetValue(_quiet)).FollowAsync(parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(ended) : BatchText.Of(ended));
            return BatchWatch.ExitCodeOf(ended);
        }));
    }
}
