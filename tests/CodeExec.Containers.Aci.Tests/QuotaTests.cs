using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Contracts.Azurite;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Storage.Documents;
using CodeExec.Storage.Azure;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Documents;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>Quotas over the wire.</summary>
public sealed class QuotaTests : IAsyncLifetime
{
    private readonly AciFixture _azure = new();

    private ArmFaults Faults => _azure.Arm.Faults;

    public Task InitializeAsync() => _azure.InitializeAsync();

    [SkippableFact]
    public async Task CreateAsync_AzureAnswers429_SaysWhenToComeAgainAndAsksNotMoreUntilThen()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.Creations["*"] = 0;
        IContainerProvider host = _azure.NewHost();

        ContainerUnavailableException e = await Assert.ThrowsAsync<ContainerUnavailableException>(() => host.CreateAsync(AciFixture.Plain, CancellationToken.None));
        await Assert.ThrowsAsync<ContainerUnavailableException>(() => host.CreateAsync(AciFixture.Plain, CancellationToken.None));

        Assert.InRange(e.RetryAfter!.Value.TotalSeconds, 110, 120);
        Assert.InRange(host.RetryAfter!.Value.TotalSeconds, 110, 120);
        Assert.Single(_azure.Arm.Requests, request => request.StartsWith("PUT", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(429, "TooManyRequests")]
    [InlineData(409, "ServiceUnavailable")]
    [InlineData(400, "ContainerGroupQuotaReached")]
    public async Task CreateAsync_ARegionHasNoRoom_TheNextIsTaken(int status, string code)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.RefusedCreations.Enqueue(("westeurope", status, code));
        IContainerProvider host = _azure.NewHost(options => options.Regions.Add(new AciRegion { Name = "northeurope", ClosedSubnet = AciFixture.Subnet("north") }));

        await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);

        Assert.Equal("northeurope", _azure.Arm.Made.Values.Single().Region);
        Assert.Equal("1\n", (await container.RunAsync(ContainerHarness.Python("print(1)"))).Stdout);
        Assert.Null(host.RetryAfter);
    }

    [SkippableFact]
    public async Task CreateAsync_ManyExecutionsOneAfterAnother_ShareOneCreationAndNothingElse()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.Creations["*"] = 1;
        IContainerProvider host = _azure.NewHost();

        for (int i = 0; i < 5; i++)
        {
            await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);
            Assert.Equal(ContainerHarness.Untouched, (await container.RunAsync(ContainerHarness.LooksAround)).Stdout.Trim());
        }

        Assert.Equal(5, Assert.Single(_azure.Arm.Made.Values).Deployments);
        Assert.Null(host.RetryAfter); // the quota is spent, and yet there is a group to be had
    }

    [SkippableFact]
    public async Task CreateAsync_LogsStillTellOfTheLastExecution_NobodyHearsOfIt()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        Faults.KeepsOldLogs = true;
        IContainerProvider host = _azure.NewHost();

        foreach (string secret in new[] { "first", "second", "third" })
        {
            await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);
            Assert.Equal(secret + "\n", (await container.RunAsync(ContainerHarness.Python($"print('{secret}')"))).Stdout);
        }

        Assert.Equal(3, _azure.Arm.Made.Count);
    }

    [SkippableFact]
    public async Task CreateAsync_GroupHasHadItsExecutions_GoesAndAnotherIsMade()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        IContainerProvider host = _azure.NewHost(options => options.ExecutionsPerGroup = 2);

        for (int i = 0; i < 4; i++)
        {
            await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);
            await container.RunAsync(ContainerHarness.Python("print(1)"));
        }

        Assert.Equal([2, 2], _azure.Arm.Made.Values.Select(group => group.Deployments));
        Assert.Empty(_azure.Arm.Groups);
    }

    [SkippableFact]
    public async Task CreateAsync_AllGroupsRestForAnotherKind_TheLongestRestingMakesRoom()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        IContainerProvider host = _azure.NewHost(options => options.MaxGroups = 1);
        await using (IContainer python = await host.CreateAsync(AciFixture.Plain, CancellationToken.None))
        {
            await python.RunAsync(ContainerHarness.Python("print(1)"));
        }

        await using IContainer c = await host.CreateAsync(AciFixture.Compiler, CancellationToken.None);

        Assert.Equal([AciFixture.NameOf(c)], _azure.Arm.Groups.Keys);
    }

    [SkippableFact]
    public async Task CreateAsync_HostsOfOneStorageAccount_MakeTogetherWhatOneMayAndAllSayTheSameTime()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        AzureAccount account = AzureAccount.Open(new AzureStorageOptions { ConnectionString = (await AzuriteProcess.GetAsync()).ConnectionString, Prefix = AzuriteProcess.NewPrefix() });
        TableDocumentStore documents = await TableDocumentStore.OpenAsync(account, CancellationToken.None);
        ServiceProvider[] hosts = [.. Enumerable.Range(0, 3).Select(i => _azure.NewServices(options => options.CreationsPerHour = 2, $"host-{i}", more: services => services.AddSingleton<IDocumentStore>(documents)))];
        IContainerProvider[] providers = [.. hosts.Select(host => host.GetRequiredService<IContainerProvider>())];

        Task<IContainer>[] wanted = [.. Enumerable.Range(0, 4).Select(i => providers[i % 2].CreateAsync(AciFixture.Plain, CancellationToken.None))];
        await ((Task)Task.WhenAll(wanted)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await hosts[2].GetServices<IHostedService>().OfType<ExpirySweep>().Single().SweepAsync(CancellationToken.None);

        Assert.Equal(2, _azure.Arm.Requests.Count(request => request.StartsWith("PUT", StringComparison.Ordinal)));
        ContainerUnavailableException[] refused = [.. wanted.Where(one => one.IsFaulted).Select(one => Assert.IsType<ContainerUnavailableException>(one.Exception!.InnerException))];
        Assert.Equal(2, refused.Length);
        TimeSpan?[] told = [.. refused.Select(one => one.RetryAfter), .. providers.Select(one => one.RetryAfter)];
        Assert.All(told, wait => Assert.InRange(wait!.Value, TimeSpan.FromMinutes(30), TimeSpan.FromHours(1)));
        Assert.InRange(told.Max()!.Value - told.Min()!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(20)); // of one moment, if not asked at one
        foreach (Task<IContainer> made in wanted.Where(one => one.IsCompletedSuccessfully))
        {
            await (await made).DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task CreateAsync_NetworkIsAskedForAndNoSubnetIsOpen_IsRefusedClearly()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);

        ContainerUnavailableException e = await Assert.ThrowsAsync<ContainerUnavailableException>(() => _azure.NewHost().CreateAsync(AciFixture.Plain with { Network = NetworkAccess.Full }, CancellationToken.None));

        Assert.Contains("OpenSubnet", e.Message, StringComparison.Ordinal);
        Assert.Empty(_azure.Arm.Made);
    }

    public Task DisposeAsync() => _azure.DisposeAsync();
}
