using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Suggestions;

internal static partial class SuggestionLog
{
    [LoggerMessage(5401, LogLevel.Warning, "The suggester {Suggester} could not be had: {Reason}. Rules suggest tests in its place")]
    public static partial void SuggesterUnavailable(this ILogger logger, string suggester, string reason);
}
