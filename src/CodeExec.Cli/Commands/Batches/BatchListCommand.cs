using System.CommandLine;
using CodeExec.Cli.Grading;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands.Batches;

internal sealed class BatchListCommand : Command
{
    /// <summary>What the server gives at most in one answer.</summary>
    private const int LargestPage = 100;

    private readonly Option<string?> _state = new("--status") { Description = "Only those in this state.", HelpName = "STATE" };
    private readonly Option<string?> _problem = new("--problem", "-p") { Description = "Only those to this problem.", HelpName = "ID" };
    private readonly Option<string?> _label = new("--label") { Description = "Only those with this label.", HelpName = "K:V" };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "How many, the newest first.", DefaultValueFactory = _ => 20 };
    private readonly Option<bool> _json = Shared.Json();

    public BatchListCommand(CommandRunner runner)
        : base("list", "List batches, the newest first.")
    {
        _state.AcceptOnlyFromAmong("receiving", "scheduled", "running", "paused", "completed", "cancelled");
        foreach (Option option in (Option[])[_state, _problem, _label, _limit, _json])
        {
            Add(option);
        }

        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            BatchPage page = await ReadAsync(parsed, client, giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(page) : BatchText.TableOf(page.Items));
            return ExitCodes.Success;
        }));
    }

    private async Task<BatchPage> ReadAsync(ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        int wanted = parsed.GetValue(_limit);
        List<Batch> found = [];
        string? cursor = null;
        do
        {
            BatchPage page = await client.ListBatchesAsync(
                new BatchQuery
                {
                    State = parsed.GetValue(_state),
                    Problem = parsed.GetValue(_problem),
                    Label = parsed.GetValue(_label),
                    Limit = Math.Min(wanted - found.Count, LargestPage),
                    Cursor = cursor,
                },
                giveUp);
            found.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null && found.Count < wanted);
        return new BatchPage(found, cursor);
    }
}
