using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>Tells who hands out the work of a batch what has become of it.</summary>
internal static class BatchOrders
{
    /// <summary>
    /// Says the batch's state, again until it is the last that was said: somebody else may change it at the same time, and a crash may have come between the state
    /// and its being said.
    /// </summary>
    public static async Task SayAsync(BatchStore batches, IOrchestrationEngine engine, Batch batch, CancellationToken cancellationToken)
    {
        Batch? now = batch;
        BatchState told;
        do
        {
            told = now.State;
            await engine.RaiseEventAsync(BatchActivities.InstanceOf(now), BatchActivities.ControlEvent, CommandOf(told), cancellationToken);
            now = (await batches.FindAsync(batch.Tenant, batch.Id, cancellationToken))?.Value;
        }
        while (now is not null && now.State != told);
    }

    private static string CommandOf(BatchState state) => state switch
    {
        BatchState.Paused => BatchActivities.Pause,
        BatchState.Cancelled => BatchActivities.Cancel,
        _ => BatchActivities.Resume,
    };
}
