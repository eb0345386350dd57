using CodeExec.Core.Executions;
using CodeExec.Storage.Azure;
using CodeExec.Storage.Local;

namespace CodeExec.Server.Hosting;

/// <summary>Where this host remembers: on this machine, or in a storage account. Engine and secrets' key are on this machine either way.</summary>
internal static class StorageSetUp
{
    public static void AddStorage(this WebApplicationBuilder builder)
    {
        string provider = builder.Configuration["Storage:Provider"] ?? "local";
        switch (provider)
        {
            case "local":
                builder.Services.AddSingleton<IExecutionAcceptance, OneCommitAcceptance>(); // records and engine are in one database
                break;
            case "azure":
                builder.Services.AddAzureStorage(); // before the local stores, which give way to what is there
                break;
            default:
                throw new StartUpException($"Storage:Provider is '{provider}'. It may be 'local' (the default) or 'azure'.");
        }
        builder.Services.AddLocalStorage();
    }
}
