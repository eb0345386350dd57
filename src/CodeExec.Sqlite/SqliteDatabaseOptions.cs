namespace CodeExec.Sqlite;

/// <summary>Where the database is and how much may wait for it.</summary>
public sealed record SqliteDatabaseOptions
{
    /// <summary>Path of the database file. Its folder is made when it is missing; a lock file of the same name stands beside it.</summary>
    public required string File { get; init; }

    /// <summary>How many writes may wait for the writer before <see cref="SqliteDatabase.WriteAsync(Action{SqliteWriteContext}, CancellationToken)"/> itself waits: 16,384 unless set.</summary>
    public int MaxQueuedWrites { get; init; } = 16_384;

    /// <summary>How many writes one transaction takes at most: 1,024 unless set. It bounds how long the first of them waits.</summary>
    public int MaxGroup { get; init; } = 1_024;

    /// <summary>How many idle read connections are kept: 8 unless set.</summary>
    public int IdleReaders { get; init; } = 8;

    /// <summary>For tests: lets commits fail, before or after they took effect.</summary>
    public ICommitFaults? Faults { get; init; }
}
