using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Reviews;

internal static partial class ReviewLog
{
    [LoggerMessage(5201, LogLevel.Warning, "The reviewer {Reviewer} could not be had: {Reason}. Rules review in its place")]
    public static partial void ReviewerUnavailable(this ILogger logger, string reviewer, string reason);
}
