using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CodeExec.Sqlite;

/// <summary>The writer's connection, inside the transaction of the present group. Valid only during the call that it was passed to.</summary>
public sealed class SqliteWriteContext : SqliteReadContext
{
    internal SqliteWriteContext(SqliteConnection connection) : base(connection)
    {
    }

    /// <returns>How many rows it changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => With(sql, parameters).Execute();

    /// <summary>How many rows this connection has changed since it was opened.</summary>
    internal int TotalChanges => raw.sqlite3_total_changes(Connection.Handle);

    /// <summary>False after an error upon which SQLite has undone the whole transaction by itself.</summary>
    internal bool InTransaction => raw.sqlite3_get_autocommit(Connection.Handle) == 0;
}
