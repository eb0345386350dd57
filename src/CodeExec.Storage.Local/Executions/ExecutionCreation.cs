using System.Text.Json;
using CodeExec.Core.Executions;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Executions;

/// <summary>
/// The creation of an execution as work for a commit, so that its orchestration can start in the same one. The work may be run more than
/// once; what its last run found counts.
/// </summary>
public sealed class ExecutionCreation
{
    private readonly ExecutionRecord _created;
    private readonly IdempotencyKey? _key;
    private readonly byte[] _record;
    private readonly byte[] _spec;
    private (string Fingerprint, byte[] Record)? _bound;

    internal ExecutionCreation(ExecutionRecord record, ExecutionSpec spec, IdempotencyKey? key)
    {
        _created = record with { Revision = 1 };
        _key = key;
        _record = ExecutionRows.JsonOf(_created);
        _spec = JsonSerializer.SerializeToUtf8Bytes(spec, StoredJson.Default.ExecutionSpec);
    }

    /// <summary>Its idempotency key belongs to an earlier one.</summary>
    public bool IsRefused => _bound is not null;

    /// <returns>False if its idempotency key is known: nothing was written.</returns>
    public bool Write(SqliteWriteContext context)
    {
        if (!IsKeyFree(context))
        {
            return false;
        }
        ExecutionRows.Insert(context, _created, _record, _spec, _key);
        return true;
    }

    /// <summary>Takes it back whose caller was told that it failed.</summary>
    public void Undo(SqliteWriteContext context) => ExecutionRows.Delete(context, _created.Id);

    internal bool IsKeyFree(SqliteReadContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        _bound = _key is null ? null : ExecutionRows.FindKey(context, _created.Tenant, _key.Key);
        return _bound is null;
    }

    internal CreateOutcome Outcome() => _bound switch
    {
        null => new CreateOutcome.Created(_created),
        { } bound when bound.Fingerprint == _key!.Fingerprint => new CreateOutcome.Existing(ExecutionRows.RecordOf(bound.Record)),
        _ => new CreateOutcome.KeyConflict(),
    };
}
