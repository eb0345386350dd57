using CodeExec.Contracts.Executions;
using CodeExec.Contracts.Fakes;
using CodeExec.Contracts.Progress;
using CodeExec.Core.Access;
using CodeExec.Core.Executions;
using CodeExec.Core.Progress;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Sqlite;
using CodeExec.Storage.Local.Folders;
using CodeExec.Storage.Local.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CodeExec.Storage.Local.Tests;

public sealed class LocalStorageServicesTests : IDisposable
{
    private readonly TemporaryFolder _temporary = new();

    private static CancellationToken None => CancellationToken.None;

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task AddLocalStorage_UseThenRestart_HasEverything()
    {
        ExecutionRecord record = ExecutionSamples.Queued();
        string secret;
        await using (ServiceProvider first = Build())
        {
            await first.GetRequiredService<IExecutionStore>().CreateAsync(record, ExecutionSamples.Spec(), null, None);
            await first.GetRequiredService<IBlobStore>().WriteAsync("a/b", new byte[] { 1 }, None);
            await first.GetRequiredService<IApiKeyStore>().AddAsync(new("k", "n", "h", record.Tenant, Role.Admin, ExecutionSamples.Start, null, null), None);
            secret = first.GetRequiredService<ISecretProtector>().Protect("hunter2");
            ILogWriter writer = await first.GetRequiredService<ILogStore>().OpenAsync(record.Id, None);
            writer.Append(LogSamples.Line("neither flushed nor closed"));
        }

        await using ServiceProvider second = Build();

        Assert.NotNull(await second.GetRequiredService<IExecutionStore>().FindAsync(record.Id, None));
        Assert.NotNull(await second.GetRequiredService<IBlobStore>().OpenReadAsync("a/b", None));
        Assert.NotNull(await second.GetRequiredService<IApiKeyStore>().FindAsync("k", None));
        Assert.Equal("hunter2", second.GetRequiredService<ISecretProtector>().Unprotect(secret));
        Assert.Equal("neither flushed nor closed", Assert.Single(await second.GetRequiredService<ILogStore>().ReadAsync(record.Id, 0, None).ToListAsync()).Message);
        Assert.Empty(second.GetRequiredService<SqliteDatabase>().CheckIntegrity());
    }

    [Fact]
    public async Task AddLocalStorage_Feed_WakesTheSharedViewers()
    {
        await using ServiceProvider provider = Build();
        ExecutionId id = ExecutionSamples.Queued().Id;
        await using ILogWriter writer = await provider.GetRequiredService<ILogStore>().OpenAsync(id, None);
        using SignalWatch<ExecutionId> watch = provider.GetRequiredService<ExecutionSignals>().Watch(id);
        Task news = watch.Next();

        writer.Append(LogSamples.Line("news"));

        await news;
    }

    [Fact]
    public async Task AddLocalStorage_HostHasItsOwnStore_KeepsIt()
    {
        InMemoryBlobStore own = new();
        await using ServiceProvider provider = Build(before: services => services.AddSingleton<IBlobStore>(own));

        Assert.Same(own, provider.GetRequiredService<IBlobStore>());
    }

    [Fact]
    public async Task AddLocalStorage_FolderInUseByAnother_SaysWhoAndWhatToDo()
    {
        await using ServiceProvider first = Build();
        first.GetRequiredService<IExecutionStore>();
        await using ServiceProvider second = Build();

        DatabaseInUseException refused = Assert.Throws<DatabaseInUseException>(second.GetRequiredService<IExecutionStore>);

        Assert.Contains(_temporary.In("data"), refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Data:Path", "", "Data:Path")]
    [InlineData("Secrets:Key", "too short", "openssl rand")]
    public async Task AddLocalStorage_WrongSetting_IsReportedAtStart(string setting, string value, string advice)
    {
        await using ServiceProvider provider = Build(settings: new() { [setting] = value });

        OptionsValidationException refused = Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(advice, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddLocalStorage_UnusableKeyFile_IsToldWhenTheHostStarts()
    {
        DataFolder folder = DataFolder.Open(_temporary.In("data"));
        await File.WriteAllTextAsync(folder.SecretsKeyFile, "damaged");
        await using ServiceProvider provider = Build();
        IHostedService start = Assert.Single(provider.GetServices<IHostedService>());

        await Assert.ThrowsAsync<SecretKeyException>(() => start.StartAsync(None));

        File.Delete(folder.SecretsKeyFile);
        await start.StartAsync(None);
    }

    [Fact]
    public async Task AddLocalStorage_KeyInTheSettings_IsUsed()
    {
        string key = Convert.ToBase64String(Enumerable.Repeat((byte)9, 32).ToArray());
        await using ServiceProvider provider = Build(settings: new() { ["Secrets:Key"] = key });
        using SecretProtector same = new(Convert.FromBase64String(key));

        Assert.Equal("x", same.Unprotect(provider.GetRequiredService<ISecretProtector>().Protect("x")));
    }

    private ServiceProvider Build(Action<IServiceCollection>? before = null, Dictionary<string, string?>? settings = null)
    {
        Dictionary<string, string?> all = new() { ["Data:Path"] = _temporary.In("data") };
        foreach ((string name, string? value) in settings ?? [])
        {
            all[name] = value;
        }
        ServiceCollection services = new();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
        before?.Invoke(services);
        services.AddLocalStorage();
        return services.BuildServiceProvider(validateScopes: true);
    }
}
