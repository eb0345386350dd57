using Azure.Data.Tables;
using CodeExec.Core.Executions;

namespace CodeExec.Storage.Azure.Executions;

/// <summary>A row of counts, taken for one transaction.</summary>
internal sealed class CountRow(TableEntity row, bool isNew, Action giveBack) : IDisposable
{
    public CountRow Add(ExecutionStatus status, int change)
    {
        row[status.ToString()] = (row.GetInt64(status.ToString()) ?? 0) + change;
        return this;
    }

    public TableTransactionAction ToAction()
        => isNew ? new(TableTransactionActionType.Add, row) : new(TableTransactionActionType.UpdateReplace, row, row.ETag);

    public void Dispose() => giveBack();
}
