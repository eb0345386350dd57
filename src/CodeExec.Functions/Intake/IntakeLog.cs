using CodeExec.Core.Executions;
using Microsoft.Extensions.Logging;

namespace CodeExec.Functions.Intake;

internal static partial class IntakeLog
{
    [LoggerMessage(6101, LogLevel.Information, "Execution {ExecutionId} came in from the queue")]
    public static partial void TakenIn(this ILogger logger, ExecutionId executionId);

    [LoggerMessage(6102, LogLevel.Error, "A queued submission was given up after several tries; it is kept as {Blob}")]
    public static partial void GivenUp(this ILogger logger, string blob);
}
