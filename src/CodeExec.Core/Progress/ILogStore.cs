using CodeExec.Core.Executions;

namespace CodeExec.Core.Progress;

/// <summary>The feeds of executions.</summary>
public interface ILogStore
{
    /// <summary>
    /// Opens the feed for writing. Only one writer is open for an execution at a time; a feed that an earlier life of the process
    /// left is continued after its last entry.
    /// </summary>
    Task<ILogWriter> OpenAsync(ExecutionId id, CancellationToken cancellationToken);

    /// <summary>The entries after a sequence that are known now, in order; with an open writer also those not yet durable.</summary>
    IAsyncEnumerable<LogEntry> ReadAsync(ExecutionId id, long after, CancellationToken cancellationToken);

    /// <summary>One that is gone already counts as deleted.</summary>
    Task DeleteAsync(ExecutionId id, CancellationToken cancellationToken);
}

public interface ILogWriter : IAsyncDisposable
{
    /// <summary>The sequence of the last entry; 0 for an empty feed.</summary>
    long LastSequence { get; }

    /// <summary>Adds an entry under the next sequence, which is returned. Readers see it at once; it survives a crash of the process a moment later.</summary>
    long Append(LogEntry entry);

    /// <summary>Waits while much is yet unwritten, so that a flood does not fill memory.</summary>
    ValueTask DrainAsync(CancellationToken cancellationToken);

    /// <summary>Returns once everything appended is durable.</summary>
    Task FlushAsync(CancellationToken cancellationToken);
}
