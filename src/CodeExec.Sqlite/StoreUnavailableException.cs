using Microsoft.Data.Sqlite;

namespace CodeExec.Sqlite;

/// <summary>
/// The disk is full, failed, or the file is locked by a foreign program. The write may or may not have taken effect: repeat it only if
/// repeating is harmless.
/// </summary>
public sealed class StoreUnavailableException(string file, Exception cause)
    : Exception($"The database '{file}' cannot be used now: {cause?.Message} Free disk space or mend the disk; it is tried again by itself.", cause)
{
    private const int Busy = 5, Locked = 6, NoMemory = 7, ReadOnly = 8, InputOutput = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;

    public string File { get; } = file;

    /// <summary>What stands in the file makes no sense: no waiting will mend that.</summary>
    internal bool IsDamage => InnerException is SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    /// <summary>True for what the store did wrong, false for what a statement did wrong (a constraint, a typing error).</summary>
    internal static bool IsCause(Exception exception)
        => exception is IOException
        || exception is SqliteException { SqliteErrorCode: Busy or Locked or NoMemory or ReadOnly or InputOutput or Corrupt or Full or CannotOpen or NotADatabase };
}
