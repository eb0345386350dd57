using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>The time has come for a batch that was to begin later. One that is paused stays so. Repeating it finds it begun.</summary>
public sealed class BeginBatch(BatchStore batches, BatchControl control, TimeProvider clock) : IActivity<BatchStart, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, BatchStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        await batches.ChangeAsync(input.Tenant, input.Id, one => one.State == BatchState.Scheduled ? one.MoveTo(BatchState.Running, clock.GetUtcNow()) : null, cancellationToken);
        control.Tell(input.Id);
        return true;
    }
}
