using CodeExec.Engine.Embedded.Store;
using CodeExec.Sqlite;

namespace CodeExec.Engine.Embedded;

/// <summary>Writes that are repeated until the store takes them, so they must be such as may be repeated.</summary>
internal sealed class DurableWrites(SqliteDatabase database, EngineWrites writes, StoreGate gate)
{
    /// <param name="reason">Why the first try was in vain already, if so.</param>
    public async Task<T> WriteAsync<T>(Func<SqliteWriteContext, T> work, StoreUnavailableException? reason = null)
    {
        while (true)
        {
            if (reason is not null)
            {
                await gate.WaitAsync(reason);
            }
            try
            {
                return await database.WriteAsync(work, CancellationToken.None);
            }
            catch (StoreUnavailableException e)
            {
                reason = e;
            }
        }
    }

    /// <summary>Writes a step. A start is not repeated: its caller is told that it failed, so whatever it may have left is taken back.</summary>
    /// <param name="failed">Told of the first failure, before anything is repeated.</param>
    public async Task<BatchResult> WriteAsync(InstanceBatch batch, Action<StoreUnavailableException> failed)
    {
        try
        {
            return await database.WriteAsync(context => writes.Write(context, batch), CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            failed(e);
            if (batch.IsStart)
            {
                await WithdrawAsync(batch.Instance.No, batch.With, e);
                return BatchResult.AlreadyKnown;
            }
            batch.IsRepeated = true;
            return await WriteAsync(context => writes.Write(context, batch), e);
        }
    }

    /// <summary>Takes a start out of the store whose caller was told that it failed.</summary>
    public Task WithdrawAsync(long no, StartCompanion? with, StoreUnavailableException reason)
        => WriteAsync(
            context =>
            {
                writes.Withdraw(context, no);
                with?.Undo(context);
                return true;
            },
            reason);
}
