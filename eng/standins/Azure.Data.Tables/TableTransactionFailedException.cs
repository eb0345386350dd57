namespace Azure.Data.Tables;

public class TableTransactionFailedException : RequestFailedException
{
    internal TableTransactionFailedException(int status, string message, string errorCode, int? index)
        : base(status, message, errorCode, null)
        => FailedTransactionActionIndex = index;

    public int? FailedTransactionActionIndex { get; }
}
