using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;

namespace CodeExec.Functions.Activities;

internal static class Leaving
{
    /// <summary>Not on the activity's token: what was written must be stored when it was cut short, too.</summary>
    public static async Task LeaveAsync(RunningExecutions running, ExecutionId id)
    {
        RunningExecution entry = running.For(id);
        if (entry.Feed is { } feed)
        {
            await feed.FlushAsync(CancellationToken.None);
        }
        await running.RemoveAsync(id);
    }
}
