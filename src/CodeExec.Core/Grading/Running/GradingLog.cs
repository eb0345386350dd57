using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Grading.Running;

internal static partial class GradingLog
{
    [LoggerMessage(1201, LogLevel.Warning, "Graded execution {Id} lost its container with {Known} of {Total} tests known: {Reason}")]
    public static partial void ContainerLostWhileGrading(this ILogger logger, ExecutionId id, int known, int total, string reason);

    [LoggerMessage(1202, LogLevel.Information, "Graded execution {Id} goes on with {Known} of {Total} tests known")]
    public static partial void GradingResumed(this ILogger logger, ExecutionId id, int known, int total);

    [LoggerMessage(1203, LogLevel.Warning, "The journal of graded execution {Id} could not be written; a crash would repeat its tests: {Reason}")]
    public static partial void JournalNotWritten(this ILogger logger, ExecutionId id, string reason);
}
