using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Problems.Checks;

/// <summary>Begins checks, durably, and forgets them.</summary>
public sealed class CheckStarter(ProblemChecks checks, CheckPlaces places, IOrchestrationEngine engine, TimeProvider clock)
{
    /// <summary>What one is told that finds all places of its tenant taken.</summary>
    private static readonly TimeSpan TryAgain = TimeSpan.FromSeconds(5);

    /// <returns>Its id. It waits a while for the version that names it, and ends if none does.</returns>
    /// <exception cref="EngineBusyException">Nothing was started; trying again later is safe.</exception>
    public async Task<string> StartAsync(TenantId tenant, ProblemVersion problem, CancellationToken cancellationToken)
    {
        string id = Guid.CreateVersion7(clock.GetUtcNow()).ToString("n");
        await checks.CreateAsync(new ProblemCheck { Id = id, Tenant = tenant, Problem = problem, Status = CheckStatus.Queued, CreatedAt = clock.GetUtcNow() }, cancellationToken);
        try
        {
            if (!await places.TryTakeAsync(tenant, id, cancellationToken))
            {
                throw new EngineBusyException(CheckActivities.Orchestration.Value, places.Most, TryAgain);
            }

            await engine.StartAsync(CheckActivities.Orchestration, CheckActivities.InstanceId(id), new CheckStart(tenant, problem, id), null, cancellationToken);
            return id;
        }
        catch (EngineBusyException)
        {
            await checks.DeleteAsync(tenant, id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>One that runs finds that it is gone, and ends.</summary>
    public async Task ForgetAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        await checks.DeleteAsync(tenant, id, cancellationToken);
        await engine.PurgeAsync(CheckActivities.InstanceId(id), cancellationToken);
    }
}
