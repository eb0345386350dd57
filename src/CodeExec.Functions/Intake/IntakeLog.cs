using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Intake;

internal static partial class IntakeLog
{
    [LoggerMessage(6101, LogLevel.Information, "Execution {ExecutionId} came in from the queue")]
    public static partial void TakenIn(this ILogger logger, ExecutionId executionId);

    [LoggerMessage(6102, LogLevel.Error, "A queued message was given up; it is kept as {Blob}")]
    public static partial void GivenUp(this ILogger logger, string blob);

    [LoggerMessage(6103, LogLevel.Error, "A queued batch is refused: {Reason}")]
    public static partial void BatchRefused(this ILogger logger, string reason);
}
