using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Status;

internal static partial class StatusLog
{
    [LoggerMessage(4301, LogLevel.Warning, "Dependency {Name} is down")]
    public static partial void DependencyDown(this ILogger logger, Exception exception, string name);
}
