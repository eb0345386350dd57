using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Running;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Storage;
using CodeExec.Engine.Embedded;
using CodeExec.Storage.Local.Executions;

namespace CodeExec.Server.Hosting;

/// <summary>Records and engine share one database here, so an execution and the start of its orchestration are one commit.</summary>
internal sealed class OneCommitAcceptance(SqliteExecutionStore executions, EmbeddedEngine engine, ContainerRoom room) : IExecutionAcceptance
{
    public async Task<CreateOutcome> AcceptAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken)
    {
        ExecutionCreation creation = SqliteExecutionStore.BeginCreate(record, spec, key);
        try
        {
            room.Require(spec.Provider, ExecutionActivities.Orchestration.Value);
            bool isStarted = await engine.StartAsync(
                ExecutionActivities.Orchestration,
                record.Id.ToString(),
                record.Id,
                new StartOptions((int)spec.Priority),
                new StartCompanion(creation.Write, creation.Undo),
                cancellationToken);
            return isStarted || creation.IsRefused ? executions.EndCreate(creation) : throw new ExecutionExistsException(record.Id);
        }
        catch (EngineBusyException) when (executions.FindEarlier(creation) is { } earlier)
        {
            return earlier; // it asks for no place: its execution has one
        }
    }
}
