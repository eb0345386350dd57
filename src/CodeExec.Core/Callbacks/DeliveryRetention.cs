using CodeExec.Core.Operations.Retention;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Callbacks;

/// <inheritdoc/>
public sealed class DeliveryRetention(DeliveryStore deliveries, IOrchestrationEngine engine, IOptions<RetentionOptions> options, TimeProvider clock) : IRetained
{
    public string Name => "deliveries";

    public async Task<int> SweepAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = clock.GetUtcNow() - options.Value.Deliveries;
        int removed = 0;
        foreach (string kind in (string[])["batch-", "execution-"])
        {
            await foreach ((TenantId tenant, Delivery delivery) in deliveries.ListOldAsync(kind, before, cancellationToken).Where(old => old.Delivery.State != DeliveryState.Pending))
            {
                for (int round = 1; round <= delivery.Rounds; round++)
                {
                    await engine.PurgeAsync(CallbackStarter.InstanceOf(delivery with { Rounds = round }), cancellationToken);
                }

                await deliveries.DeleteAsync(tenant, delivery.Id, cancellationToken);
                removed++;
            }
        }

        return removed;
    }
}
