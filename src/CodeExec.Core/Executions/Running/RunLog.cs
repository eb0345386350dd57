using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Executions.Running;

internal static partial class RunLog
{
    [LoggerMessage(1101, LogLevel.Warning, "The kept program {Key} can not be read and is compiled anew: {Reason}")]
    public static partial void KeptProgramUnreadable(this ILogger logger, string key, string reason);

    [LoggerMessage(1102, LogLevel.Warning, "Execution {Id} lost its container: {Reason}")]
    public static partial void ContainerLost(this ILogger logger, ExecutionId id, string reason);

    [LoggerMessage(1103, LogLevel.Error, "The container of execution {Id} could not be removed")]
    public static partial void RemovalFailed(this ILogger logger, ExecutionId id, Exception exception);

    [LoggerMessage(1105, LogLevel.Warning, "The end of execution {Id} could not be written and is tried again: {Reason}")]
    public static partial void EndNotWritten(this ILogger logger, ExecutionId id, string reason);

    [LoggerMessage(1106, LogLevel.Warning, "The compiled program {Key} could not be kept: {Reason}")]
    public static partial void ProgramNotKept(this ILogger logger, string key, string reason);

    [LoggerMessage(1107, LogLevel.Warning, "Where execution {Id} ran could not be forgotten: {Reason}")]
    public static partial void RunNotForgotten(this ILogger logger, ExecutionId id, string reason);

    [LoggerMessage(1108, LogLevel.Warning, "Execution {Id} waits {Wait} for room: {Reason}")]
    public static partial void WaitsForRoom(this ILogger logger, ExecutionId id, TimeSpan wait, string reason);

    [LoggerMessage(1109, LogLevel.Warning, "What the containers of execution {Id} have cost so far could not be noted: {Reason}")]
    public static partial void CostNotNoted(this ILogger logger, ExecutionId id, string reason);

    [LoggerMessage(1104, LogLevel.Warning, "Execution {Id} was accepted but had not been started; it is now")]
    public static partial void StartedLate(this ILogger logger, ExecutionId id);
}
