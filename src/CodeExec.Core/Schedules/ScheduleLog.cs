using Microsoft.Extensions.Logging;

namespace CodeExec.Core.Schedules;

internal static partial class ScheduleLog
{
    [LoggerMessage(1501, LogLevel.Information, "Schedule {Schedule}, {Time:u}: {Outcome}")]
    public static partial void ScheduleFired(this ILogger logger, string schedule, DateTimeOffset time, RunOutcome outcome);
}
