using CodeExec.Api.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.SignalR;

namespace CodeExec.Api.Live;

/// <summary>
/// Live viewers. A client subscribes to an execution, with the last sequence it has seen if it has been here before, and is sent
/// "status", "log", "progress", "result", "error" and "node-update" until the execution has ended; or to a batch, and is sent "progress" and "result".
/// </summary>
internal sealed class ExecutionsHub(IExecutionService executions, BatchService batches, HubViewers viewers) : Hub
{
    [HubMethodName("subscribe")]
    public async Task SubscribeAsync(string executionId, long? afterSequence)
    {
        HubViewer viewer = viewers.Of(Context);
        if (afterSequence < 0 || !ExecutionId.TryParse(executionId, out ExecutionId id)
            || await executions.FindAsync(viewer.Caller.Tenant, id, Context.ConnectionAborted) is not { } record || !viewer.Caller.MaySee(record.Student))
        {
            throw new HubException("There is no such execution.");
        }

        if (!await viewer.FollowAsync(id, afterSequence ?? 0))
        {
            throw new HubException("This connection follows as many executions as it may: unsubscribe from some.");
        }
    }

    [HubMethodName("unsubscribe")]
    public Task UnsubscribeAsync(string executionId)
        => ExecutionId.TryParse(executionId, out ExecutionId id) ? viewers.Of(Context).UnfollowAsync(LiveGroups.Of(id)) : Task.CompletedTask;

    [HubMethodName("subscribeBatch")]
    public async Task SubscribeBatchAsync(string batchId)
    {
        HubViewer viewer = viewers.Of(Context);
        if (viewer.Caller.Student is not null || !BatchId.TryParse(batchId, out BatchId id) || await batches.FindAsync(viewer.Caller.Tenant, id, Context.ConnectionAborted) is null)
        {
            throw new HubException("There is no such batch.");
        }

        if (!await viewer.FollowAsync(id))
        {
            throw new HubException("This connection follows as much as it may: unsubscribe from some.");
        }
    }

    [HubMethodName("unsubscribeBatch")]
    public Task UnsubscribeBatchAsync(string batchId)
        => BatchId.TryParse(batchId, out BatchId id) ? viewers.Of(Context).UnfollowAsync(LiveGroups.Of(id)) : Task.CompletedTask;

    public override Task OnConnectedAsync()
    {
        Caller caller = Context.GetHttpContext()?.Features.Get<Caller>() ?? throw new HubException("The connection has no caller.");
        viewers.Add(Context, caller);
        return base.OnConnectedAsync();
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        await viewers.RemoveAsync(Context);
        await base.OnDisconnectedAsync(exception);
    }
}
