using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Callbacks;

/// <summary>Marks a delivery as failed, for all to see.</summary>
public sealed class GiveUpCallback(DeliveryStore deliveries) : IActivity<CallbackStart, bool>
{
    public async Task<bool> RunAsync(ActivityContext context, CallbackStart input, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(input);
        return await deliveries.ChangeAsync(input.Tenant, input.Delivery, one => one with { State = DeliveryState.Failed }, cancellationToken) is not null;
    }
}
