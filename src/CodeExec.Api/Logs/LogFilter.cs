using CodeExec.Api.Requests;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Logs;

/// <summary>Which entries a reader wants to see.</summary>
/// <param name="Search">Text that the message holds, in either case.</param>
internal sealed record LogFilter(LogLevel? Level, LogSource? Source, string? Search)
{
    public static LogFilter Read(QueryReader query) => new(query.OneOf<LogLevel>("level"), query.OneOf<LogSource>("source"), query.Text("search"));

    public bool Matches(LogEntry entry)
        => (Level is null || entry.Level == Level)
        && (Source is null || entry.Source == Source)
        && (Search is null || entry.Message.Contains(Search, StringComparison.OrdinalIgnoreCase));
}
