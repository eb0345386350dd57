using System.Text.Json.Serialization;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Logs;

internal sealed record LogView(long Sequence, DateTimeOffset Timestamp, LogLevel Level, LogSource Source, string? Step, string Message)
{
    /// <summary>The program had not ended the line: the next entry of this source goes on with it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Partial { get; init; }

    /// <summary>The line as the program wrote it, when that is not UTF-8: base64.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public byte[]? Bytes { get; init; }

    public static LogView Of(LogEntry entry)
        => new(entry.Sequence, entry.Timestamp, entry.Level, entry.Source, entry.Step, entry.Message) { Partial = entry.Partial, Bytes = entry.Bytes };
}

/// <param name="Total">How many entries match, on all pages.</param>
internal sealed record LogPageView(IReadOnlyList<LogView> Items, long Total);

internal sealed record LogStatsView(long Total, IReadOnlyDictionary<string, long> ByLevel, IReadOnlyDictionary<string, long> BySource);
