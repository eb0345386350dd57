using CodeExec.Contracts.Azurite;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Tests;

/// <summary>A part of Azurite that one test has for itself.</summary>
internal static class TemporaryAccount
{
    public static async Task<AzureAccount> OpenAsync() => AzureAccount.Open(await OptionsAsync());

    public static async Task<AzureStorageOptions> OptionsAsync()
        => new() { ConnectionString = (await AzuriteProcess.GetAsync()).ConnectionString, Prefix = AzuriteProcess.NewPrefix() };
}
