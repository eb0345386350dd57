using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Storage.Local.Progress;

internal static partial class LocalLogStoreLog
{
    [LoggerMessage(5101, LogLevel.Warning, "The feed of {ExecutionId} could not be written. It is kept in memory and tried again: is the disk full?")]
    public static partial void FeedNotWritten(this ILogger logger, ExecutionId executionId, Exception exception);

    [LoggerMessage(5102, LogLevel.Error, "The last entries of the feed of {ExecutionId} could not be written before the end of the process and are lost")]
    public static partial void FeedLost(this ILogger logger, ExecutionId executionId, Exception exception);
}
