using System.Text;
using System.Text.Json.Nodes;
using CodeExec.Contracts.Containers;
using CodeExec.Core.Containers;
using CodeExec.Core.Executions;
using CodeExec.Linux.Filters;

namespace CodeExec.Containers.Aci.Tests;

/// <summary>What Azure is asked for, as it arrives there.</summary>
public sealed class RecipeTests : IAsyncLifetime
{
    private const string Identity = "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/ids/providers/Microsoft.ManagedIdentity/userAssignedIdentities/pull";

    private readonly AciFixture _azure = new();

    public Task InitializeAsync() => _azure.InitializeAsync();

    [SkippableFact]
    public async Task Group_AsItIsMade_HasNothingThatAProgramShouldNotHave()
    {
        JsonObject body = await MakeAsync(AciFixture.Plain);

        JsonNode properties = body["properties"]!;
        Assert.Null(body["identity"]);
        Assert.Equal("Never", (string)properties["restartPolicy"]!);
        Assert.Null(properties["ipAddress"]);
        Assert.Null(properties["volumes"]);
        Assert.Null(properties["priority"]);
        Assert.Equal(AciFixture.Subnet("closed"), (string)properties["subnetIds"]![0]!["id"]!);
        Assert.Equal("host", (string)body["tags"]!["codeexec-host"]!);
        Assert.True(DateTimeOffset.TryParse((string)body["tags"]!["codeexec-ends"]!, System.Globalization.CultureInfo.InvariantCulture, out _));
        JsonNode container = properties["containers"]!.AsArray().Single()!["properties"]!;
        Assert.Equal("codeexec/python", (string)container["image"]!);
        Assert.Null(container["environmentVariables"]);
        Assert.Equal(["/opt/codeexec/runner", "--cgroup", "mounted", "--pipe", "/opt/codeexec/job"], container["command"]!.AsArray().Select(part => (string)part!));
        JsonNode security = container["securityContext"]!;
        Assert.False((bool)security["privileged"]!);
        Assert.False((bool)security["allowPrivilegeEscalation"]!);
        Assert.Equal((1000, 1000, "ALL"), ((int)security["runAsUser"]!, (int)security["runAsGroup"]!, (string)security["capabilities"]!["drop"]![0]!));
        Assert.Equal(SeccompProfile.Json, Encoding.UTF8.GetString(Convert.FromBase64String((string)security["seccompProfile"]!)));
    }

    [SkippableFact]
    public async Task Group_InterpreterIsHeld_HasItsCommandAndEnvironment()
    {
        JsonNode container = (await MakeAsync(AciFixture.Held))["properties"]!["containers"]![0]!["properties"]!;

        Assert.Equal(["--warm", "--", "python3", "main.py"], container["command"]!.AsArray().Select(part => (string)part!).TakeLast(4));
        Assert.Contains(container["environmentVariables"]!.AsArray(), variable => (string)variable!["name"]! == "PYTHONPATH");
    }

    [SkippableFact]
    public async Task Group_RegistryWithAToken_PullsWithItAndHasNoIdentity()
    {
        JsonObject body = await MakeAsync(AciFixture.Plain, options => (options.Registry, options.RegistryUser, options.RegistryPassword) = ("acme.azurecr.io", "pull", "secret"));

        JsonNode credential = body["properties"]!["imageRegistryCredentials"]!.AsArray().Single()!;
        Assert.Equal(("acme.azurecr.io", "pull", "secret"), ((string)credential["server"]!, (string)credential["username"]!, (string)credential["password"]!));
        Assert.Equal("acme.azurecr.io/codeexec/python", (string)body["properties"]!["containers"]![0]!["properties"]!["image"]!);
        Assert.Null(body["identity"]);
    }

    [SkippableFact]
    public async Task Container_ReachableIdentityOrOpenNetwork_SaysSoInEveryResult()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        IContainerProvider host = _azure.NewHost(options =>
        {
            (options.Registry, options.RegistryIdentity, options.AllowReachableIdentity, options.AllowOpenNetwork) = ("acme.azurecr.io", Identity, true, true);
            options.Regions[0].ClosedSubnet = null;
        });

        await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);

        Assert.Equal("container groups without a closed network and with a reachable identity", container.Isolation);
        Assert.NotNull(_azure.Arm.Made.Values.Single().Body["identity"]!["userAssignedIdentities"]![Identity]);
        IReadOnlyList<string> weaknesses = (await host.CheckAsync(CancellationToken.None)).Weaknesses;
        Assert.Contains(weaknesses, weakness => weakness.Contains("AllowOpenNetwork", StringComparison.Ordinal));
        Assert.Contains(weaknesses, weakness => weakness.Contains("AllowReachableIdentity", StringComparison.Ordinal));
    }

    [SkippableFact]
    public async Task Group_NetworkIsAskedFor_IsInTheOpenSubnet()
    {
        JsonObject body = await MakeAsync(AciFixture.Plain with { Network = NetworkAccess.Full }, options => options.Regions[0].OpenSubnet = AciFixture.Subnet("open"));

        Assert.Equal(AciFixture.Subnet("open"), (string)body["properties"]!["subnetIds"]!.AsArray().Single()!["id"]!);
        JsonNode container = body["properties"]!["containers"]![0]!["properties"]!;
        Assert.True((bool)container["securityContext"]!["allowPrivilegeEscalation"]!); // of the sender, which becomes a user's of its own
        Assert.Equal("ALL", (string)container["securityContext"]!["capabilities"]!["drop"]![0]!);
    }

    [SkippableFact]
    public async Task Group_JobByFile_IsASecretAndOnlyWhereNoCaseMustNotKnowAnotherAndNoFileComesBack()
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        IContainerProvider host = _azure.NewHost(options => options.Delivery = JobDelivery.Secret);
        Job(out Protocol.Job one, out Protocol.Job two, out Protocol.Job withFiles);

        foreach (Protocol.Job job in new[] { one, two, withFiles })
        {
            await using IContainer container = await host.CreateAsync(AciFixture.Plain, CancellationToken.None);
            await container.RunAsync(job);
        }

        JsonObject[] made = [.. _azure.Arm.Made.Values.Select(group => group.Body)];
        Assert.Single(made, body => body["properties"]!["volumes"] is not null);
        JsonNode volume = made.Select(body => body["properties"]!["volumes"]).Single(volumes => volumes is not null)![0]!;
        Assert.Contains("\"a\"", Encoding.UTF8.GetString(Convert.FromBase64String((string)volume["secret"]!["job.json"]!)), StringComparison.Ordinal);

        static void Job(out Protocol.Job one, out Protocol.Job two, out Protocol.Job withFiles)
        {
            Protocol.Job job = ContainerHarness.Python("print(1)");
            one = job with { Steps = [job.Steps[0] with { Cases = [new() { Id = "a" }] }] };
            withFiles = one with { Artifacts = ["made.txt"] };
            two = job with { Steps = [job.Steps[0] with { Cases = [new() { Id = "a" }, new() { Id = "b" }] }] };
        }
    }

    public Task DisposeAsync() => _azure.DisposeAsync();

    private async Task<JsonObject> MakeAsync(ContainerSpec spec, Action<AciOptions>? configure = null)
    {
        Skip.If(_azure.Problem is not null, _azure.Problem);
        await using IContainer container = await _azure.NewHost(configure).CreateAsync(spec, CancellationToken.None);
        return _azure.Arm.Made.Values.Single().Body;
    }
}
