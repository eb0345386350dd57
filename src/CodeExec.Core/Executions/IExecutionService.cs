using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Executions;

/// <summary>All that can be done with executions. Every way in (HTTP, queue, webhook) goes through here.</summary>
public interface IExecutionService
{
    /// <summary>Checks and accepts a submission. What is accepted is durable and will reach exactly one end.</summary>
    Task<SubmitOutcome> SubmitAsync(TenantId tenant, Submission submission, IdempotencyKey? key, CancellationToken cancellationToken);

    /// <summary>Runs the same once more, as an execution of its own with the label <c>rerunOf</c>: the same files, inputs, limits and tests.</summary>
    /// <returns>Null if there is none, or if it is another tenant's.</returns>
    Task<SubmitOutcome?> RerunAsync(TenantId tenant, ExecutionId id, IdempotencyKey? key, CancellationToken cancellationToken);

    /// <returns>Null if there is none, or if it is another tenant's.</returns>
    Task<ExecutionRecord?> FindAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken);

    /// <summary>Waits until the execution has ended, at most for <paramref name="limit"/>.</summary>
    /// <returns>The record as it is then; null if there is none.</returns>
    Task<ExecutionRecord?> WaitAsync(TenantId tenant, ExecutionId id, TimeSpan limit, CancellationToken cancellationToken);

    /// <summary>Asks for the end of an execution. Repeating it is harmless.</summary>
    /// <returns>The record as it was found (already ended: nothing to do); null if there is none.</returns>
    Task<ExecutionRecord?> StopAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken);

    /// <summary>Stops it if need be, waits for that, and forgets all that it stored.</summary>
    /// <returns>False if there is none.</returns>
    Task<bool> DeleteAsync(TenantId tenant, ExecutionId id, CancellationToken cancellationToken);

    Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken);

    Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken);

    /// <summary>The whole text of an output, also when it stands in a blob.</summary>
    Task<string> ReadOutputAsync(Results.CapturedOutput output, CancellationToken cancellationToken);

    /// <summary>The bytes of an output as the program wrote them (masked, and up to its limit).</summary>
    /// <returns>Null if they were deleted meanwhile.</returns>
    Task<Stream?> OpenOutputAsync(Results.CapturedOutput output, CancellationToken cancellationToken);

    /// <returns>Null if the execution has no such artifact.</returns>
    Task<Stream?> OpenArtifactAsync(TenantId tenant, ExecutionId id, string path, CancellationToken cancellationToken);

    /// <summary>The bytes of what an execution shows, also while it runs.</summary>
    /// <param name="display">Its id.</param>
    /// <returns>Null if the execution has no such display.</returns>
    Task<Stream?> OpenDisplayAsync(TenantId tenant, ExecutionId id, string display, CancellationToken cancellationToken);
}
