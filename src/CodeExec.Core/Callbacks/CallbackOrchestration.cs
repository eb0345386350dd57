using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Callbacks;

/// <summary>Delivers, and tries again for a day: soon at first, then ever later. It waits in the store, so that a restart forgets none.</summary>
public sealed class CallbackOrchestration : IOrchestration<CallbackStart, bool>
{
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(30),
        TimeSpan.FromHours(1), TimeSpan.FromHours(2), TimeSpan.FromHours(4), TimeSpan.FromHours(8), TimeSpan.FromHours(8),
    ];

    /// <summary>How often a delivery is tried in all.</summary>
    public static int MostTries => Waits.Length + 1;

    public async Task<bool> RunAsync(OrchestrationContext context, CallbackStart input)
    {
        ArgumentNullException.ThrowIfNull(context);
        for (int attempt = 0; ; attempt++)
        {
            SendOutcome outcome = await context.CallActivityAsync(CallbackActivities.Send, input, ActivityOptions.Patient);
            if (outcome == SendOutcome.Delivered)
            {
                return true;
            }

            if (outcome == SendOutcome.Gone || attempt == Waits.Length)
            {
                await context.CallActivityAsync(CallbackActivities.GiveUp, input, ActivityOptions.Patient);
                return false;
            }

            // Up to a fifth later, so that those who failed together do not come back together.
            double jitter = context.NewGuid().ToByteArray()[0] / 255.0 / 5;
            await context.CreateTimerAsync(context.CurrentUtc + (Waits[attempt] * (1 + jitter)));
        }
    }
}
