using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Batches;

internal static partial class BatchLog
{
    [LoggerMessage(1301, LogLevel.Warning, "Message {Id} in the queue of batches is no batch and goes to the poison queue: {Reason}")]
    public static partial void BatchRefused(this ILogger logger, string id, string reason);
}
