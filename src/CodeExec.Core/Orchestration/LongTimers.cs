namespace CodeExec.Core.Orchestration;

/// <summary>Waiting for days and months.</summary>
public static class LongTimers
{
    /// <summary>An engine may keep a timer as a message, and a message of Azure's queues can be hidden for seven days at most.</summary>
    private static readonly TimeSpan LongestNap = TimeSpan.FromDays(6);

    /// <summary>Waits for a time in naps that every engine can keep; returns at once if it has passed.</summary>
    public static async Task SleepUntilAsync(this OrchestrationContext context, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        while (context.CurrentUtc < at)
        {
            DateTimeOffset longest = context.CurrentUtc + LongestNap;
            await context.CreateTimerAsync(at < longest ? at : longest, cancellationToken);
        }
    }
}
