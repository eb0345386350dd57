using CodeExec.Contracts.Azurite;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Operations;
using CodeExec.Core.Progress;
using CodeExec.Core.Queues;
using CodeExec.Core.Storage;
using CodeExec.Storage.Azure.Accounts;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Azure.Tests;

public class AzureStorageServicesTests
{
    [SkippableFact]
    public async Task AddAzureStorage_Azurite_OpensEveryStore()
    {
        await using ServiceProvider services = Services(("ConnectionString", (await AzuriteProcess.GetAsync()).ConnectionString), ("Prefix", AzuriteProcess.NewPrefix()));

        foreach (Type store in (Type[])[typeof(IExecutionStore), typeof(IApiKeyStore), typeof(IBlobStore), typeof(IBlobLinks), typeof(ILogStore), typeof(IWorkQueue)])
        {
            Assert.Equal("CodeExec.Storage.Azure", services.GetRequiredService(store).GetType().Assembly.GetName().Name);
        }
    }

    [Fact]
    public void AddAzureStorage_NobodyListens_SaysSoAndWhatToDo()
    {
        const string Nobody = "http://127.0.0.1:1/devstoreaccount1";
        using ServiceProvider services = Services(("ConnectionString", $"AccountName=devstoreaccount1;AccountKey=AAAA;TableEndpoint={Nobody};BlobEndpoint={Nobody};QueueEndpoint={Nobody}"));

        AzureAccountUnusableException refused = Assert.Throws<AzureAccountUnusableException>(services.GetRequiredService<IExecutionStore>);

        Assert.Contains("can not be reached", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("AAAA", refused.Message, StringComparison.Ordinal);
        Assert.True(Assert.Single(services.GetServices<IOutageRule>()).IsOutage(refused.InnerException!));
    }

    [SkippableFact]
    public async Task AddAzureStorage_WrongKey_SaysThatItWasRefused()
    {
        string connection = (await AzuriteProcess.GetAsync()).ConnectionString;
        string key = connection.Split("AccountKey=")[1].Split(';')[0];
        await using ServiceProvider services = Services(("ConnectionString", connection.Replace(key, "AAAA", StringComparison.Ordinal)));

        AzureAccountUnusableException refused = Assert.Throws<AzureAccountUnusableException>(services.GetRequiredService<IBlobStore>);

        Assert.Contains("refused this process", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ConnectionString", "x", "Account", "name1")]
    [InlineData("Prefix", "codeexec", "EndpointSuffix", "core.windows.net")]
    [InlineData("ConnectionString", "x", "Prefix", "Upper")]
    [InlineData("ConnectionString", "x", "Prefix", "1a")]
    [InlineData("ConnectionString", "x", "LinkLifetime", "2.00:00:00")]
    [InlineData("Account", "Not-A-Name", "Prefix", "codeexec")]
    public void AddAzureStorage_SettingsThatCanNotBe_AreRefusedAtStart(string name, string value, string otherName, string otherValue)
    {
        using ServiceProvider services = Services((name, value), (otherName, otherValue));

        Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate);
    }

    [Fact]
    public void Open_AccountName_UsesItsServicesWithoutAKey()
    {
        AzureAccount account = AzureAccount.Open(new AzureStorageOptions { Account = "name1", Prefix = "abc" });

        Assert.Equal(new Uri("https://name1.blob.core.windows.net/abc-blobs"), account.Container("blobs").Uri);
        Assert.Equal(new Uri("https://name1.queue.core.windows.net/abc-grading"), account.Queue("grading").Uri);
        Assert.Equal(new Uri("https://name1.table.core.windows.net/abcExecutions"), account.Table("Executions").Uri);
        Assert.False(account.Container("blobs").CanGenerateSasUri);
    }

    private static ServiceProvider Services(params (string Name, string Value)[] settings)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create($"{AzureStorageOptions.Section}:{setting.Name}", (string?)setting.Value)))
            .Build());
        return services.AddAzureStorage().BuildServiceProvider();
    }
}
