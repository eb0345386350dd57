using CodeExec.Core.Progress;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Executions;

/// <summary>The records of executions. A method returns after its write is durable.</summary>
public interface IExecutionStore
{
    /// <summary>
    /// Stores a new execution with its spec, and binds the idempotency key to it, in one commit. With a key that is known, nothing
    /// is stored and the earlier execution is returned, or a conflict when the fingerprint differs.
    /// </summary>
    Task<CreateOutcome> CreateAsync(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key, CancellationToken cancellationToken);

    Task<ExecutionRecord?> FindAsync(ExecutionId id, CancellationToken cancellationToken);

    Task<ExecutionSpec?> FindSpecAsync(ExecutionId id, CancellationToken cancellationToken);

    /// <summary>Writes a changed record if nobody else has since <see cref="ExecutionRecord.Revision"/>.</summary>
    /// <returns>The record with its new revision; null if it has changed meanwhile or is gone: read it again and decide anew.</returns>
    Task<ExecutionRecord?> TryUpdateAsync(ExecutionRecord changed, CancellationToken cancellationToken);

    /// <summary>
    /// Shows a changed record to all who ask this store from now on; it is written soon, or together with the next update. For moves that a crash
    /// may take back because the execution begins again then: never for an end. The revision stays, so an update of either one still counts.
    /// A store that has no memory of its own updates.
    /// </summary>
    /// <inheritdoc cref="TryUpdateAsync"/>
    ValueTask<ExecutionRecord?> TryNoteAsync(ExecutionRecord changed, CancellationToken cancellationToken) => new(TryUpdateAsync(changed, cancellationToken));

    /// <summary>
    /// Ends an execution: what its feed has so far, the record, and the last entries of the feed, in this order or all at once. Nobody sees those
    /// entries before the record is durable. After a crash in between, a repeated call finds the record ended and its caller sees to the feed.
    /// </summary>
    /// <inheritdoc cref="TryUpdateAsync"/>
    Task<ExecutionRecord?> TryEndAsync(ExecutionRecord ended, ILogWriter feed, IReadOnlyList<LogEntry> last, CancellationToken cancellationToken)
        => OneAfterTheOther.TryEndAsync(this, ended, feed, last, cancellationToken);

    /// <summary>Newest first. A cursor that was tampered with throws <see cref="InvalidCursorException"/>.</summary>
    Task<ExecutionPage> ListAsync(ExecutionQuery query, CancellationToken cancellationToken);

    /// <summary>Ids of executions that have not ended, oldest first: what a start-up compares with the engine.</summary>
    IAsyncEnumerable<ExecutionId> ListUnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Ids of executions that ended before a time, about oldest first: what has been kept long enough. A store that cannot tell keeps everything.</summary>
    IAsyncEnumerable<ExecutionId> ListEndedAsync(DateTimeOffset before, CancellationToken cancellationToken) => AsyncEnumerable.Empty<ExecutionId>();

    /// <summary>Forgets record, spec and idempotency key. One that is gone already counts as deleted.</summary>
    Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken);

    Task<ExecutionMetrics> GetMetricsAsync(TenantId tenant, DateTimeOffset? from, DateTimeOffset? to, CancellationToken cancellationToken);

    /// <summary>Executions of all tenants by status: for /stats.</summary>
    Task<IReadOnlyDictionary<ExecutionStatus, long>> CountByStatusAsync(CancellationToken cancellationToken);
}

/// <param name="Key">As the client sent it; scoped to the tenant.</param>
/// <param name="Fingerprint">A hash of the request's body.</param>
public sealed record IdempotencyKey(string Key, string Fingerprint);

public abstract record CreateOutcome
{
    private CreateOutcome()
    {
    }

    public sealed record Created(ExecutionRecord Record) : CreateOutcome;

    /// <summary>The key is bound to this execution, with the same fingerprint.</summary>
    public sealed record Existing(ExecutionRecord Record) : CreateOutcome;

    /// <summary>The key is bound to an execution whose body was another.</summary>
    public sealed record KeyConflict : CreateOutcome;
}

public sealed record ExecutionQuery
{
    public required TenantId Tenant { get; init; }

    public ExecutionStatus? Status { get; init; }

    public string? Language { get; init; }

    /// <summary>Whose they are.</summary>
    public string? Student { get; init; }

    /// <summary>Id of the problem that they answer.</summary>
    public string? Problem { get; init; }

    /// <summary>All must match.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public int Limit { get; init; } = 50;

    public string? Cursor { get; init; }
}

public sealed record ExecutionPage(IReadOnlyList<ExecutionRecord> Items, string? Cursor);

public sealed class InvalidCursorException() : Exception("The cursor is not one that this server gave out. Leave it away to start from the newest.");
