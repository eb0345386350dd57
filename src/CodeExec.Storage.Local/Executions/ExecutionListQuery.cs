using System.Text;
using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage;
using CodeExec.Sqlite;
using Microsoft.Data.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>One page of a list, newest first. Of its SQL there are few different texts, so that all of them stay prepared.</summary>
internal sealed class ExecutionListQuery
{
    private readonly ExecutionQuery _query;
    private readonly IReadOnlyList<KeyValuePair<string, string>> _marks;
    private readonly ExecutionCursor? _after;
    private readonly string _sql;

    /// <exception cref="InvalidCursorException"></exception>
    public ExecutionListQuery(ExecutionQuery query)
    {
        ArgumentNullException.ThrowIfNull(query);
        _query = query;
        _marks = ExecutionMarks.Of(query);
        _after = ExecutionCursor.Of(query);
        _sql = _marks.Count > 0 ? ByMarkSql() : Sql();
    }

    /// <returns>The records, one more than the page holds if there are more.</returns>
    public List<byte[]> Run(SqliteReadContext context)
    {
        SqliteStatement statement = context.Command(_sql).Set("$tenant", _query.Tenant.Value).Set("$take", _query.Limit + 1L);
        SetWhereUsed(statement, "$status", (int?)_query.Status);
        SetWhereUsed(statement, "$language", _query.Language);
        SetWhereUsed(statement, "$from", _query.From?.UtcTicks);
        SetWhereUsed(statement, "$to", _query.To?.UtcTicks);
        if (_after is { } cursor)
        {
            statement.Set("$created", cursor.CreatedAtTicks).Set("$id", ExecutionRows.KeyOf(cursor.Id));
        }
        if (_marks.Count > 0)
        {
            statement.Set("$name", _marks[0].Key).Set("$value", _marks[0].Value);
        }
        if (_marks.Count > 1)
        {
            statement.Set("$labels", JsonSerializer.Serialize(_marks.Skip(1).Select(mark => new[] { mark.Key, mark.Value })));
        }
        List<byte[]> rows = [];
        using SqliteDataReader reader = statement.Query();
        while (reader.Read())
        {
            rows.Add(reader.GetFieldValue<byte[]>(0));
        }
        return rows;
    }

    private static void SetWhereUsed(SqliteStatement statement, string name, object? value)
    {
        if (value is not null)
        {
            statement.Set(name, value);
        }
    }

    private string Sql()
    {
        StringBuilder sql = new("SELECT e.record FROM executions e WHERE e.tenant = $tenant");
        AppendFilters(sql, "e");
        return sql.Append(" ORDER BY e.created DESC, e.id DESC LIMIT $take").ToString();
    }

    private string ByMarkSql()
    {
        // CROSS JOIN: the mark comes first, in the order of the page; SQLite must not turn that round.
        StringBuilder sql = new("""
            SELECT e.record FROM execution_labels l CROSS JOIN executions e ON e.id = l.id
            WHERE l.tenant = $tenant AND l.name = $name AND l.value = $value
            """);
        if (_marks.Count > 1)
        {
            sql.Append("""
                 AND NOT EXISTS (SELECT 1 FROM json_each($labels) wanted WHERE NOT EXISTS (
                    SELECT 1 FROM execution_labels o
                    WHERE o.id = l.id AND o.name = json_extract(wanted.value, '$[0]') AND o.value = json_extract(wanted.value, '$[1]')))
                """);
        }
        AppendFilters(sql, "l");
        return sql.Append(" ORDER BY l.created DESC, l.id DESC LIMIT $take").ToString();
    }

    private void AppendFilters(StringBuilder sql, string driving)
    {
        if (_query.Status is { } status)
        {
            // Said twice, so that the index over the finished or the unfinished ones fits.
            sql.Append(" AND e.status = $status AND e.status ").Append(status.IsFinal() ? ">= 3" : "< 3");
        }
        if (_query.Language is not null)
        {
            sql.Append(" AND e.language = $language");
        }
        if (_query.From is not null)
        {
            sql.Append(" AND ").Append(driving).Append(".created >= $from");
        }
        if (_query.To is not null)
        {
            sql.Append(" AND ").Append(driving).Append(".created < $to");
        }
        if (_after is not null)
        {
            sql.Append(" AND (").Append(driving).Append(".created, ").Append(driving).Append(".id) < ($created, $id)");
        }
    }
}
