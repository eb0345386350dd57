using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Live;

internal static partial class LiveLog
{
    [LoggerMessage(4201, LogLevel.Information, "A viewer of {Subject} took nothing for {Limit} and was cut off")]
    public static partial void SlowViewerCutOff(this ILogger logger, string subject, TimeSpan limit);

    [LoggerMessage(4202, LogLevel.Error, "Following {Subject} for a viewer failed; the viewer was disconnected and may come back")]
    public static partial void FollowingFailed(this ILogger logger, Exception exception, string subject);

    [LoggerMessage(4203, LogLevel.Warning, "Event {Sequence} of {Subject} could not be pushed; viewers will fetch it")]
    public static partial void NotPushed(this ILogger logger, Exception exception, string subject, long sequence);
}
