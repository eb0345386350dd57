using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Problems;

internal static partial class ProblemsLog
{
    [LoggerMessage(4001, LogLevel.Error, "Request {RequestId} ({Method} {Route}) failed: our mistake")]
    public static partial void RequestFailed(this ILogger logger, Exception exception, string requestId, string method, string route);

    [LoggerMessage(4002, LogLevel.Warning, "Request {Method} {Route} was answered with 503")]
    public static partial void RequestHitOutage(this ILogger logger, Exception exception, string method, string route);
}
