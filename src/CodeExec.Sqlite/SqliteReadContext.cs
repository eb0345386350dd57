using Microsoft.Data.Sqlite;

namespace CodeExec.Sqlite;

/// <summary>One connection inside a transaction, with the statements it has prepared. Valid only during the call that it was passed to.</summary>
public class SqliteReadContext : IDisposable
{
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);

    internal SqliteReadContext(SqliteConnection connection) => Connection = connection;

    internal SqliteConnection Connection { get; }

    /// <summary>The statement for this SQL, prepared at its first use. Pass constant SQL only, values as parameters: each text is kept.</summary>
    public SqliteStatement Command(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement))
        {
            _statements.Add(sql, statement = new SqliteStatement(Connection, sql));
        }
        return statement;
    }

    /// <summary>Reads all rows into a list.</summary>
    public List<T> List<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        ArgumentNullException.ThrowIfNull(map);
        using SqliteDataReader reader = With(sql, parameters).Query();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }
        return rows;
    }

    /// <returns>The first row, or null.</returns>
    public T? Find<T>(string sql, Func<SqliteDataReader, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(map);
        using SqliteDataReader reader = With(sql, parameters).Query();
        return reader.Read() ? map(reader) : null;
    }

    /// <returns>The first column of the first row; null if there is no row or the value is null.</returns>
    public object? Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) => With(sql, parameters).Scalar();

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Dispose();
        }
        Connection.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected SqliteStatement With(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        SqliteStatement statement = Command(sql);
        foreach ((string name, object? value) in parameters)
        {
            statement.Set(name, value);
        }
        return statement;
    }
}
