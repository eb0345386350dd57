using CodeExec.Core.Executions;

namespace CodeExec.Core.Storage;

/// <summary>Ids are made anew for every execution: two with one id are a mistake of the caller.</summary>
public sealed class ExecutionExistsException(ExecutionId id)
    : InvalidOperationException($"There is an execution {id} already. Make a new id, or send an idempotency key to find the earlier one.")
{
    public ExecutionId Id { get; } = id;
}
