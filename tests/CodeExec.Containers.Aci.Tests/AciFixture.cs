using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using CodeExec.Containers.Aci.Groups;
using CodeExec.Containers.Aci.Tests.Double;
using CodeExec.Containers.Cells;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Containers.Images;
using CodeExec.Core.Executions;
using CodeExec.Core.Languages;
using Microsoft.Extensions.DependencyInjection;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>The provider of container groups over a double of Azure Resource Manager whose groups run in cells. Skips, with the reason, where no cell can be made.</summary>
public class AciFixture : IAsyncLifetime
{
    internal static readonly X509Certificate2 Certificate = ArmDouble.NewCertificate();

    private readonly ServiceProvider _cells;
    private readonly List<ServiceProvider> _hosts = [];

    public AciFixture()
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IToolchainPaths, TestToolchains>();
        services.AddCells();
        services.Configure<CellsOptions>(options => options.HostName = CellsName);
        _cells = services.BuildServiceProvider();
    }

    public static ContainerSpec Plain => new("python", "codeexec/python", null, 64, NetworkAccess.None);

    public static ContainerSpec Held => Plain with { Held = HeldInterpreter.For(HoldKind.Fork, ["python3", "main.py"]) };

    public static ContainerSpec Compiler => new("c", "codeexec/cpp", null, 64, NetworkAccess.None);

    /// <summary>Why nothing can be tested here; null if all can.</summary>
    public string? Problem { get; private set; }

    /// <summary>A host for all tests of a class, so that what one leaves the next one meets.</summary>
    public IContainerProvider Provider => field ??= NewHost(Configure);

    internal ArmDouble Arm { get; private set; } = null!;

    private string CellsName { get; } = $"aci-{Guid.NewGuid():n}"[..16];

    public async Task InitializeAsync()
    {
        IContainerProvider cells = _cells.GetRequiredService<IContainerProvider>();
        Problem = (await cells.CheckAsync(CancellationToken.None)).Problem;
        Arm = await ArmDouble.StartAsync(cells, Certificate);
    }

    /// <summary>The name of a container's group.</summary>
    public static string NameOf(IContainer container) => GroupId.NameIn(container.Id);

    /// <summary>A provider as a host would have it.</summary>
    public IContainerProvider NewHost(Action<AciOptions>? configure = null, string hostName = "host") => NewServices(configure, hostName).GetRequiredService<IContainerProvider>();

    internal ServiceProvider NewServices(Action<AciOptions>? configure = null, string hostName = "host", TimeProvider? clock = null, Action<IServiceCollection>? more = null)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddSingleton<IImageLanguages, TestLanguages>();
        services.AddSingleton(clock ?? TimeProvider.System);
        services.AddSingleton(Connect());
        more?.Invoke(services);
        services.AddAci();
        services.Configure<AciOptions>(options =>
        {
            options.SubscriptionId = ArmDouble.Subscription;
            options.ResourceGroup = ArmDouble.ResourceGroup;
            options.Regions.Add(new AciRegion { Name = "westeurope", ClosedSubnet = Subnet("closed") });
            options.HostName = hostName;
            options.LookEvery = TimeSpan.FromMilliseconds(10);
            options.StartTimeout = TimeSpan.FromMinutes(1);
            options.QuotaPatience = TimeSpan.Zero;
            configure?.Invoke(options);
        });
        ServiceProvider host = services.BuildServiceProvider();
        _hosts.Add(host);
        return host;
    }

    public static string Subnet(string name) => $"/subscriptions/{ArmDouble.Subscription}/resourceGroups/net/providers/Microsoft.Network/virtualNetworks/runs/subnets/{name}";

    protected virtual void Configure(AciOptions options)
    {
    }

    /// <summary>Groups that are not over, and processes of cells.</summary>
    public IReadOnlyList<string> Leftovers()
    {
        string root = $"/sys/fs/cgroup/memory/codeexec/{CellsName}";
        string[] processes = Directory.Exists(root) ? [.. Directory.EnumerateDirectories(root).SelectMany(folder => File.ReadAllLines(Path.Combine(folder, "cgroup.procs")))] : [];
        return [.. Arm.Groups.Values.Where(group => !group.IsOver).Select(group => group.Name), .. processes];
    }

    public async Task DisposeAsync()
    {
        foreach (ServiceProvider host in _hosts)
        {
            await host.DisposeAsync();
        }

        if (Arm is not null) // a test may be skipped before it came to this
        {
            await Arm.DisposeAsync();
        }

        await _cells.DisposeAsync();
    }

    internal ArmClient Connect()
    {
        ArmClientOptions options = AciServices.ClientOptions(Arm.Address);
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Transport = new HttpClientTransport(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, theirs, _, _) => theirs is not null && theirs.Equals(Certificate) });
        return new ArmClient(new TestCredential(), ArmDouble.Subscription, options);
    }

    private sealed class TestCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new("a-token", DateTimeOffset.MaxValue);

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }

    private sealed class TestLanguages : IImageLanguages
    {
        public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language) => [.. ContainerHarness.Environment];

        public ContainerLimits? UsualLimitsFor(string language) => null;
    }

    private sealed class TestToolchains : IToolchainPaths
    {
        public IEnumerable<string> For(string language) => [];

        public ToolchainPreparation? PreparationFor(string language) => null;

        public string? VersionOf(string language) => null;

        public IReadOnlyList<KeyValuePair<string, string>> EnvironmentFor(string language) => [.. ContainerHarness.Environment];
    }
}
