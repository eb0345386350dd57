using CodeExec.Api.Access;
using CodeExec.Api.Problems;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Live;

/// <summary>For connections to the hub in this process.</summary>
internal sealed class HubSubscriptions(HubViewers viewers) : ISubscriptions
{
    public async Task SubscribeAsync(Caller caller, string connectionId, ExecutionRecord execution, long after, CancellationToken cancellationToken)
    {
        if (!await Viewer(caller, connectionId).FollowAsync(execution.Id, after))
        {
            throw TooMany();
        }
    }

    public Task SubscribeAsync(Caller caller, string connectionId, CancellationToken cancellationToken)
        => throw new RequestRefusedException(new(ProblemTypes.NotFound, "This host tells of one execution at a time: name it as executionId."));

    public async Task SubscribeAsync(Caller caller, string connectionId, BatchSummary batch, CancellationToken cancellationToken)
    {
        if (!await Viewer(caller, connectionId).FollowAsync(batch.Batch.Id))
        {
            throw TooMany();
        }
    }

    public Task UnsubscribeAsync(Caller caller, string connectionId, string subject, CancellationToken cancellationToken) => Viewer(caller, connectionId).UnfollowAsync(subject);

    private static RequestRefusedException TooMany() => new(new(ProblemTypes.Busy, "This connection follows as many executions as it may: unsubscribe from some."));

    private HubViewer Viewer(Caller caller, string connectionId)
        => viewers.Find(connectionId) is { } viewer && viewer.Caller.Tenant == caller.Tenant && viewer.Caller.Student == caller.Student
            ? viewer
            : throw new RequestRefusedException(new(ProblemTypes.NotFound, "There is no such connection to the hub."));
}
