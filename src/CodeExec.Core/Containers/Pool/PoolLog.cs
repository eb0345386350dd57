using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Containers.Pool;

internal static partial class PoolLog
{
    [LoggerMessage(2101, LogLevel.Warning, "No ready container could be made for {Language}: {Reason}")]
    public static partial void CouldNotMakeReady(this ILogger logger, string language, string reason);
}
