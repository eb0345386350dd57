using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Executions;

/// <summary>Takes executions in: what it has accepted is durable and will run, what it has refused has left nothing.</summary>
public interface IExecutionAcceptance
{
    /// <summary>Stores the execution as <see cref="IExecutionStore.CreateAsync"/> does, and starts its orchestration if it is a new one.</summary>
    /// <exception cref="EngineBusyException">Nothing was stored; trying again later is safe.</exception>
    Task<CreateOutcome> AcceptAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken);
}
