using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Containers.Pool;

internal static partial class PoolLog
{
    [LoggerMessage(2101, LogLevel.Warning, "No ready container could be made for {Language}: {Reason}")]
    public static partial void CouldNotMakeReady(this ILogger logger, string language, string reason);

    [LoggerMessage(2102, LogLevel.Error, "Making a ready container for {Language} failed in a way that its provider does not have")]
    public static partial void MakingFailed(this ILogger logger, string language, Exception e);
}
