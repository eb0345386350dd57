using System.CommandLine;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class DeadLettersCommand : Command
{
    private readonly Argument<string> _id = BatchCommand.Id();
    private readonly Option<bool> _json = Shared.Json();

    public DeadLettersCommand(CommandRunner runner)
        : base("dead-letters", "List the submissions that were set aside, and why.")
    {
        Add(_id);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            BatchItemList dead = await client.ListDeadLettersAsync(parsed.GetRequiredValue(_id), giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(dead) : TableOf(dead));
            return ExitCodes.Success;
        }));
    }

    private static string TableOf(BatchItemList dead)
    {
        Table table = new("#", "SUBMISSION", "LANGUAGE", "REASON");
        foreach (BatchItem item in dead.Items)
        {
            table.Add(item.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), item.Submission, item.Language, item.Requeued ? "put back to work" : item.Reason);
        }

        return table.ToString();
    }
}
