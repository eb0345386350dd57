using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Contracts.Azurite;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Core.Secrets;
using CodeExec.Core.Storage;
using CodeExec.Protocol;
using CodeExec.Storage.Azure;
using CodeExec.Storage.Azure.Accounts;
using CodeExec.Storage.Azure.Blobs;
using CodeExec.Storage.Local.Secrets;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Aci.Tests.Sending;

/// <summary>Hosts of container groups on a storage account that gives links, with the real sender in groups that may have a network.</summary>
public sealed class SendingFixture : IAsyncDisposable
{
    private readonly AciFixture _azure = new();
    private readonly SecretProtector _secrets = new(new byte[32]);
    private AzureAccount _account = null!;

    public static ContainerSpec Networked => AciFixture.Plain with { Network = NetworkAccess.Full };

    internal ArmDouble Arm => _azure.Arm;

    internal AzureBlobStore Blobs { get; private set; } = null!;

    /// <summary>What becomes of links on their way to a runner.</summary>
    public Func<Uri, Uri> Redirect { get; set; } = address => address;

    /// <summary>By how much links are older than they should be.</summary>
    public TimeProvider LinkClock { get; set; } = TimeProvider.System;

    /// <summary>Skips the test, with the reason, where one of the two can not be had.</summary>
    public async Task StartAsync()
    {
        Skip.If(OpenRunner.Obstacle is not null, OpenRunner.Obstacle);
        _account = AzureAccount.Open(new AzureStorageOptions { ConnectionString = (await AzuriteProcess.GetAsync()).ConnectionString, Prefix = AzuriteProcess.NewPrefix() });
        Blobs = await AzureBlobStore.OpenAsync(_account, CancellationToken.None);
        await _azure.InitializeAsync();
        Skip.If(_azure.Problem is not null, _azure.Problem);
    }

    public IContainerProvider NewHost(Action<AciOptions>? configure = null, string hostName = "host") => NewServices(configure, hostName).GetRequiredService<IContainerProvider>();

    internal ServiceProvider NewServices(Action<AciOptions>? configure = null, string hostName = "host")
        => _azure.NewServices(
            options =>
            {
                options.Regions[0].OpenSubnet = AciFixture.Subnet("open");
                configure?.Invoke(options);
            },
            hostName,
            more: services =>
            {
                services.AddSingleton<IBlobStore>(Blobs);
                services.AddSingleton<ISecretProtector>(_secrets);
                services.AddSingleton<IBlobLinks>(new RedirectedLinks(this));
            });

    /// <summary>Keys of what runners have sent and nobody has removed.</summary>
    public async Task<IReadOnlyList<BlobInfo>> SentAsync()
    {
        List<BlobInfo> sent = [];
        await foreach (BlobInfo blob in Blobs.ListAsync("sent/", CancellationToken.None))
        {
            sent.Add(blob);
        }

        return sent;
    }

    public static Job Prints(string code) => ContainerHarness.Python(code, ContainerHarness.Limits with { WallMs = 120_000, CpuMs = 120_000, OutputBytes = 64 << 20 });

    public static async Task<JobResult> RunAsync(IContainerProvider host, Job job, ContainerSpec? spec = null)
    {
        await using IContainer container = await host.CreateAsync(spec ?? Networked, CancellationToken.None);
        return await container.RunAsync(job);
    }

    /// <summary>Nobody listens from the case's start to the group's end, and its logs keep next to nothing.</summary>
    public void NobodyHears()
    {
        Arm.Faults.LogOfRunning = 64 << 10;
        Arm.Faults.LogOfEnded = 16 << 10;
        Arm.Faults.OnEvent = (group, said) =>
        {
            if (said is CaseStartedEvent)
            {
                Arm.Faults.RefusesAttach = true;
                group.Output.DropConnections();
            }
        };
    }

    public ValueTask DisposeAsync()
    {
        _secrets.Dispose();
        return new(_azure.DisposeAsync());
    }

    private sealed class RedirectedLinks(SendingFixture fixture) : IBlobLinks
    {
        public Task<BlobLink?> CreateAsync(string key, string fileName, CancellationToken cancellationToken) => throw new NotSupportedException();

        public async Task<BlobLink> CreateForAppendingAsync(string key, TimeSpan lifetime, CancellationToken cancellationToken)
        {
            BlobLink link = await new AzureBlobLinks(fixture._account, lifetime, fixture.LinkClock).CreateForAppendingAsync(key, lifetime, cancellationToken);
            return link with { Address = fixture.Redirect(link.Address) };
        }
    }
}
