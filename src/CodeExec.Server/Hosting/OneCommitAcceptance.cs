using CodeExec.Core.Containers.Pool;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Delaying;
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
            bool isStarted = await StartAsync(record, spec, new StartCompanion(creation.Write, creation.Undo), cancellationToken);
            return isStarted || creation.IsRefused ? executions.EndCreate(creation) : throw new ExecutionExistsException(record.Id);
        }
        catch (EngineBusyException) when (executions.FindEarlier(creation) is { } earlier)
        {
            return earlier; // it asks for no place: its execution has one
        }
    }

    private Task<bool> StartAsync(ExecutionRecord record, ExecutionSpec spec, StartCompanion with, CancellationToken cancellationToken)
    {
        if (record.IsDelayed)
        {
            return engine.StartAsync(DelayedStart.Orchestration, DelayedStart.InstanceOf(record.Id), DelayedStart.Of(record, spec.Priority), null, with, cancellationToken);
        }

        room.Require(spec.Provider, ExecutionActivities.Orchestration.Value);
        return engine.StartAsync(ExecutionActivities.Orchestration, record.Id.ToString(), record.Id, new StartOptions((int)spec.Priority), with, cancellationToken);
    }
}
