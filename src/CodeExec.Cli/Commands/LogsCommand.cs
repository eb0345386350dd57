using System.CommandLine;
using System.Globalization;
using CodeExec.Cli.Text;
using CodeExec.Client;

namespace CodeExec.Cli.Commands;

internal sealed class LogsCommand : Command
{
    private const int PageSize = 500;

    private readonly Argument<string> _id = Shared.Id();
    private readonly Option<bool> _follow = new("--follow", "-f") { Description = "Go on until the execution ends." };
    private readonly Option<LogLevel?> _level = new("--level") { Description = "Only entries of this level.", HelpName = "info|warn|error" };
    private readonly Option<LogSource?> _source = new("--source") { Description = "Only entries from here.", HelpName = "system|stdout|stderr" };
    private readonly Option<string?> _search = new("--search") { Description = "Only entries with this text.", HelpName = "TEXT" };
    private readonly Option<bool> _json = Shared.Json();
    private readonly CommandRunner _runner;

    public LogsCommand(CommandRunner runner)
        : base("logs", "Print what an execution logged: its steps, and what its program printed.")
    {
        _runner = runner;
        Add(_id);
        Add(_follow);
        Add(_level);
        Add(_source);
        Add(_search);
        Add(_json);
        SetAction(parsed => runner.RunAsync(parsed, (client, giveUp) => RunAsync(parsed, client, giveUp)));
    }

    private async Task<int> RunAsync(ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        IAsyncEnumerable<LogEntry> entries = parsed.GetValue(_follow) ? Follow(parsed, client, giveUp) : ReadPages(parsed, client, giveUp);
        bool json = parsed.GetValue(_json);
        await foreach (LogEntry entry in entries.WithCancellation(giveUp))
        {
            await _runner.PrintAsync(json ? JsonText.Of(entry) : LineOf(entry));
        }
        return ExitCodes.Success;
    }

    /// <summary>The server streams everything; what was asked for is picked out here.</summary>
    private IAsyncEnumerable<LogEntry> Follow(ParseResult parsed, CodeExecClient client, CancellationToken giveUp)
    {
        LogLevel? level = parsed.GetValue(_level);
        LogSource? source = parsed.GetValue(_source);
        string? search = parsed.GetValue(_search);
        return client.FollowLogsAsync(parsed.GetRequiredValue(_id), 0, giveUp).Where(entry
            => (level is null || entry.Level == level)
            && (source is null || entry.Source == source)
            && (search is null || entry.Message.Contains(search, StringComparison.OrdinalIgnoreCase)));
    }

    private async IAsyncEnumerable<LogEntry> ReadPages(
        ParseResult parsed, CodeExecClient client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken giveUp)
    {
        LogQuery query = new()
        {
            Level = parsed.GetValue(_level),
            Source = parsed.GetValue(_source),
            Search = parsed.GetValue(_search),
            Limit = PageSize,
            Offset = 0,
        };
        LogPage page;
        do
        {
            page = await client.GetLogsAsync(parsed.GetRequiredValue(_id), query, giveUp);
            foreach (LogEntry entry in page.Items)
            {
                yield return entry;
            }
            query = query with { Offset = query.Offset + page.Items.Count };
        }
        while (page.Items.Count > 0 && query.Offset < page.Total);
    }

    private static string LineOf(LogEntry entry)
    {
        string origin = entry.Step is null ? Origin(entry.Source) : $"{entry.Step} {Origin(entry.Source)}";
        string time = entry.Timestamp.UtcDateTime.ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        string message = TerminalText.Escape(entry.Message.ReplaceLineEndings(" "));
        return $"{time} {entry.Level.ToString().ToLowerInvariant(),-5} {TerminalText.Escape(origin),-11} {message}\n";
    }

    private static string Origin(LogSource source) => source.ToString().ToLowerInvariant();
}
