using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Docker;

internal static partial class DockerLog
{
    [LoggerMessage(3101, LogLevel.Information, "Removed what an earlier life left: {Count} containers")]
    public static partial void Reaped(this ILogger logger, int count);

    [LoggerMessage(3102, LogLevel.Warning, "Container {Container} could not be removed now: {Reason}. It will be when Docker answers again")]
    public static partial void RemovalOwed(this ILogger logger, string container, string reason);

    [LoggerMessage(3103, LogLevel.Information, "Pulling {Image}")]
    public static partial void Pulling(this ILogger logger, string image);

    [LoggerMessage(3104, LogLevel.Debug, "Pulling {Image}: {Status} {Layer} {Progress}")]
    public static partial void PullProgress(this ILogger logger, string image, string status, string layer, string progress);

    [LoggerMessage(3105, LogLevel.Information, "Pulled {Image}")]
    public static partial void Pulled(this ILogger logger, string image);

    [LoggerMessage(3106, LogLevel.Warning, "Docker is away: {Reason} Waiting {Patience} for it")]
    public static partial void Away(this ILogger logger, string reason, TimeSpan patience);

    [LoggerMessage(3107, LogLevel.Warning, "What an earlier life left can not be looked for: {Reason}")]
    public static partial void NotReaped(this ILogger logger, string reason);
}
