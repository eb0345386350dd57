using Microsoft.Extensions.Logging;

namespace CodeExec.Reviews.Claude;

internal static partial class ClaudeLog
{
    [LoggerMessage(5301, LogLevel.Information, "Try {Attempt} of a question to Claude ended with {Failure}; the next is in {DelayMs} ms")]
    public static partial void Retrying(this ILogger logger, int attempt, string failure, double delayMs);

    [LoggerMessage(5302, LogLevel.Information, "Claude ({Model}) answered: {InputTokens} tokens in, {OutputTokens} out")]
    public static partial void Answered(this ILogger logger, string model, long inputTokens, long outputTokens);
}
