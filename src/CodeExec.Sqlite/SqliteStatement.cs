using Microsoft.Data.Sqlite;

namespace CodeExec.Sqlite;

/// <summary>A statement that was prepared once for its connection. Set all its parameters each time: values stay from the time before.</summary>
public sealed class SqliteStatement : IDisposable
{
    private readonly SqliteCommand _command;
    private readonly List<SqliteParameter> _parameters = [];

    internal SqliteStatement(SqliteConnection connection, string sql)
    {
        _command = connection.CreateCommand();
        _command.CommandText = sql;
    }

    public SqliteStatement Set(string name, object? value)
    {
        foreach (SqliteParameter known in _parameters)
        {
            if (string.Equals(known.ParameterName, name, StringComparison.Ordinal))
            {
                known.Value = value ?? DBNull.Value;
                return this;
            }
        }
        _parameters.Add(_command.Parameters.AddWithValue(name, value ?? DBNull.Value));
        return this;
    }

    /// <returns>How many rows it changed.</returns>
    public int Execute() => _command.ExecuteNonQuery();

    /// <summary>Read to the end or dispose before the same statement is used again.</summary>
    public SqliteDataReader Query() => _command.ExecuteReader();

    /// <returns>The first column of the first row; null if there is no row or the value is null.</returns>
    public object? Scalar() => _command.ExecuteScalar() is { } value and not DBNull ? value : null;

    public void Dispose() => _command.Dispose();
}
