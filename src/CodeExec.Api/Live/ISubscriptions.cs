using CodeExec.Api.Access;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;

namespace CodeExec.Api.Live;

/// <summary>What connections follow, asked for by request instead of over the connection itself: one way for both kinds of hub.</summary>
internal interface ISubscriptions
{
    /// <summary>Sends a connection what is after a sequence, and what comes.</summary>
    Task SubscribeAsync(Caller caller, string connectionId, ExecutionRecord execution, long after, CancellationToken cancellationToken);

    /// <summary>Sends a connection each change of status and each result of all executions of its tenant, from now on.</summary>
    Task SubscribeAsync(Caller caller, string connectionId, CancellationToken cancellationToken);

    /// <summary>Sends a connection how far a batch is, from now on.</summary>
    Task SubscribeAsync(Caller caller, string connectionId, BatchSummary batch, CancellationToken cancellationToken);

    /// <param name="subject">A group of <see cref="Core.Progress.LiveGroups"/>.</param>
    Task UnsubscribeAsync(Caller caller, string connectionId, string subject, CancellationToken cancellationToken);
}
