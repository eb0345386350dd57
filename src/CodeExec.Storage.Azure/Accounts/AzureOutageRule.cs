using Azure;
using CodeExec.Core.Operations;

namespace CodeExec.Storage.Azure.Accounts;

/// <summary>Tells clients to come back when the account can not be reached, instead of calling it our mistake.</summary>
internal sealed class AzureOutageRule : IOutageRule
{
    public bool IsOutage(Exception exception)
        => exception is RequestFailedException or AggregateException { InnerExceptions: [RequestFailedException, ..] } && AzureFailures.IsOutage(exception);
}
