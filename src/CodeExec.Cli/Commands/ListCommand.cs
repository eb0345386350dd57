using System.CommandLine;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class ListCommand : Command
{
    /// <summary>What the server gives at most in one answer.</summary>
    private const int LargestPage = 100;

    private readonly Option<ExecutionStatus?> _status = new("--status") { Description = "Only those with this status.", HelpName = "STATUS" };
    private readonly Option<string?> _language = new("--language", "-l") { Description = "Only those in this language.", HelpName = "NAME" };
    private readonly Option<string?> _label = new("--label") { Description = "Only those with this label.", HelpName = "K:V" };
    private readonly Option<string?> _student = new("--student") { Description = "Only this student's.", HelpName = "NAME" };
    private readonly Option<string?> _problem = new("--problem") { Description = "Only those that answer this problem.", HelpName = "ID" };
    private readonly Option<int> _limit = new("--limit", "-n") { Description = "How many, the newest first.", DefaultValueFactory = _ => 20 };
    private readonly Option<bool> _json = Shared.Json();

    public ListCommand(CommandRunner runner)
        : base("list", "List executions, the newest first.")
    {
        Add(_status);
        Add(_language);
        Add(_label);
        Add(_student);
        Add(_problem);
        Add(_limit);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, async (client, giveUp) =>
        {
            ExecutionPage page = await ReadAsync(parsed, client, giveUp);
            await runner.PrintAsync(parsed.GetValue(_json) ? JsonText.Of(page) : TableOf(page));
            return ExitCodes.Success;
        }));
    }

    private async Task<ExecutionPage> ReadAsync(ParseResult parsed, CodeExecClient client, CancellationToken cancellationToken)
    {
        int wanted = parsed.GetValue(_limit);
        List<Execution> found = [];
        string? cursor = null;
        do
        {
            ExecutionQuery query = new()
            {
                Status = parsed.GetValue(_status),
                Language = parsed.GetValue(_language),
                Label = parsed.GetValue(_label),
                Student = parsed.GetValue(_student),
                Problem = parsed.GetValue(_problem),
                Limit = Math.Min(wanted - found.Count, LargestPage),
                Cursor = cursor,
            };
            ExecutionPage page = await client.ListAsync(query, cancellationToken);
            found.AddRange(page.Items);
            cursor = page.Cursor;
        }
        while (cursor is not null && found.Count < wanted);
        return new ExecutionPage(found, cursor);
    }

    private static string TableOf(ExecutionPage page)
    {
        Table table = new("ID", "STATUS", "LANGUAGE", "CREATED", "TOOK");
        foreach (Execution execution in page.Items)
        {
            table.Add(
                execution.Id,
                execution.Status.ToString().ToLowerInvariant(),
                execution.Language,
                ExecutionText.Time(execution.CreatedAt),
                execution.DurationMs is { } ms ? Durations.Show(TimeSpan.FromMilliseconds(ms)) : "");
        }
        return table.ToString();
    }
}
