using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Reaping;

internal static partial class ReapingLog
{
    [LoggerMessage(6201, LogLevel.Warning, "Container {Container} ({Provider}) was left by {Host}, which is gone, and is removed")]
    public static partial void OrphanRemoved(this ILogger logger, string container, string provider, string host);

    [LoggerMessage(6202, LogLevel.Warning, "It can not be told now what {Provider} holds of instances that are gone: {Reason}")]
    public static partial void NotSwept(this ILogger logger, string provider, string reason);

    [LoggerMessage(6203, LogLevel.Warning, "The other instances could not be told that this one lives: {Reason}")]
    public static partial void PulseMissed(this ILogger logger, string reason);
}
