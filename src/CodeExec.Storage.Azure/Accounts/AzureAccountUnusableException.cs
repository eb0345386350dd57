using Azure;
using Azure.Identity;

namespace CodeExec.Storage.Azure.Accounts;

/// <summary>The storage account can not be used as it is set up. The message says why and what to do; it never shows a key.</summary>
public sealed class AzureAccountUnusableException(string message, Exception inner) : Exception(message, inner)
{
    /// <returns>Null for anything that no setting can mend.</returns>
    internal static AzureAccountUnusableException? Explain(Exception failure) => failure switch
    {
        AuthenticationFailedException => new("No identity could sign requests to the storage account: " + FirstLine(failure), failure),
        RequestFailedException { Status: 401 or 403 } refused => new(
            $"The storage account refused this process ({refused.ErrorCode ?? "no reason given"}). Its identity needs the roles Storage Blob, Queue and Table Data Contributor; a connection string needs the account's present key.",
            refused),
        _ when AzureFailures.IsOutage(failure) => new(
            "The storage account (settings Storage:Azure) can not be reached. For UseDevelopmentStorage=true start Azurite: npx azurite. " + FirstLine(failure),
            failure),
        _ => null,
    };

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0].Trim();
}
