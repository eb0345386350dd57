using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Schedules.Running;

/// <summary>Keeps the times of a schedule for as long as there is one, each in a run of its own. What the schedule says is asked anew for each.</summary>
public sealed class ScheduleOrchestration : IOrchestration<ScheduleStart, bool>
{
    private static readonly ActivityOptions Patient = new(new RetryPolicy(10, TimeSpan.FromMilliseconds(500), MaxDelay: TimeSpan.FromMinutes(1)));

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromMinutes(1);

    public async Task<bool> RunAsync(OrchestrationContext context, ScheduleStart input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        using CancellationTokenSource over = new();
        Task<string> changed = context.WaitForEventAsync<string>(ScheduleActivities.ChangedEvent, over.Token);
        bool goesOn = true;
        try
        {
            goesOn = await KeepOneAsync(context, input, changed, over.Token);
        }
        catch (ActivityFailedException)
        {
            await context.SleepUntilAsync(context.CurrentUtc + AfterTrouble); // a schedule outlives a store that is away for long
        }

        over.Cancel(); // CancelAsync would go on in another thread, out of the engine's sight
        if (goesOn)
        {
            context.ContinueAsNew(input);
        }

        return true;
    }

    /// <returns>False when there is no such schedule any more.</returns>
    private static async Task<bool> KeepOneAsync(OrchestrationContext context, ScheduleStart input, Task<string> changed, CancellationToken over)
    {
        SchedulePlan plan = await context.CallActivityAsync(ScheduleActivities.Plan, input, Patient);
        if (plan.IsGone)
        {
            return false;
        }

        if (plan.Next is not { } next)
        {
            await changed;
        }
        else if (await Task.WhenAny(context.SleepUntilAsync(next, over), changed) != changed)
        {
            while (await context.CallActivityAsync(ScheduleActivities.Fire, new ScheduleTick(input.Tenant, input.Id, next), Patient) is { } wait)
            {
                await context.SleepUntilAsync(context.CurrentUtc + wait, over);
            }
        }

        return true;
    }
}
