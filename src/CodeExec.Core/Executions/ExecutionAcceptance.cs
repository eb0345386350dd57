using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions.Delaying;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions;

/// <summary>For any store with any engine: first the one, then the other. What a crash leaves between them is started by <see cref="ExecutionRecovery"/>.</summary>
public sealed class ExecutionAcceptance(IExecutionStore executions, IOrchestrationEngine engine, ContainerRoom room) : IExecutionAcceptance
{
    public async Task<CreateOutcome> AcceptAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(spec);
        CreateOutcome outcome = await executions.CreateAsync(record, spec, key, cancellationToken);
        if (outcome is not CreateOutcome.Created { Record: { } created })
        {
            return outcome;
        }

        try
        {
            if (created.IsDelayed)
            {
                await engine.StartAsync(DelayedStart.Orchestration, DelayedStart.InstanceOf(created.Id), DelayedStart.Of(created, spec.Priority), null, cancellationToken);
            }
            else
            {
                room.Require(spec.Provider, ExecutionActivities.Orchestration.Value);
                await engine.StartAsync(ExecutionActivities.Orchestration, created.Id.ToString(), created.Id, new StartOptions((int)spec.Priority), cancellationToken);
            }

            return outcome;
        }
        catch (EngineBusyException)
        {
            // Refused is refused: nothing of it stays, its idempotency key is free again.
            await executions.DeleteAsync(created.Id, CancellationToken.None);
            throw;
        }
    }
}
