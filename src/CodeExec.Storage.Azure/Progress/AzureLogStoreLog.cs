using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Storage.Azure.Progress;

internal static partial class AzureLogStoreLog
{
    [LoggerMessage(5201, LogLevel.Error, "The feed of execution {ExecutionId} could not be written; it stays in memory and is tried again")]
    public static partial void FeedNotWritten(this ILogger logger, ExecutionId executionId, Exception exception);

    [LoggerMessage(5202, LogLevel.Error, "The last entries in the feed of execution {ExecutionId} could not be written before the host ended, and are lost")]
    public static partial void FeedLost(this ILogger logger, ExecutionId executionId, Exception exception);
}
