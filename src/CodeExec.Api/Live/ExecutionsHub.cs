using CodeExec.Api.Access;
using CodeExec.Core.Executions;
using Microsoft.AspNetCore.SignalR;

namespace CodeExec.Api.Live;

/// <summary>
/// Live viewers. A client subscribes to an execution, with the last sequence it has seen if it has been here before, and is sent
/// "status", "log", "progress", "result", "error" and "node-update" until the execution has ended.
/// </summary>
internal sealed class ExecutionsHub(IExecutionService executions, HubViewers viewers) : Hub
{
    [HubMethodName("subscribe")]
    public async Task SubscribeAsync(string executionId, long? afterSequence)
    {
        HubViewer viewer = viewers.Of(Context);
        if (afterSequence < 0 || !ExecutionId.TryParse(executionId, out ExecutionId id)
            || await executions.FindAsync(viewer.Caller.Tenant, id, Context.ConnectionAborted) is null)
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
        => ExecutionId.TryParse(executionId, out ExecutionId id) ? viewers.Of(Context).UnfollowAsync(id) : Task.CompletedTask;

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
