using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions.Delaying;

/// <summary>
/// Waits for the time at which an execution is to begin. It is an orchestration of its own, so that what waits for its time takes no place of what is at work;
/// and what is due when there is no room waits on, for it was accepted.
/// </summary>
public sealed class DelayedStartOrchestration : IOrchestration<DelayedExecution, bool>
{
    public async Task<bool> RunAsync(OrchestrationContext context, DelayedExecution input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        await context.SleepUntilAsync(input.StartAt);
        while (await context.CallActivityAsync(DelayedStart.Begin, input, ActivityOptions.Patient) is { } wait)
        {
            await context.SleepUntilAsync(context.CurrentUtc + wait);
        }

        return true;
    }
}
