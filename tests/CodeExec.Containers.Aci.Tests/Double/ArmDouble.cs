using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using CodeExec.Core.Containers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Aci.Tests.Double;

/// <summary>
/// Azure Resource Manager as far as container groups need it, over HTTPS: groups are made, looked at, listed page by page, started, stopped and
/// removed as long-running operations, with logs, attach and exec; quotas are spent and said. Its groups really run.
/// </summary>
internal sealed class ArmDouble : IAsyncDisposable
{
    public const string Subscription = "11111111-2222-3333-4444-555555555555";
    public const string ResourceGroup = "runs";

    private readonly WebApplication _app;
    private readonly IContainerProvider _cells;
    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Func<string>> _operations = new();

    private ArmDouble(WebApplication app, IContainerProvider cells, TimeProvider clock)
    {
        _app = app;
        _cells = cells;
        _clock = clock;
    }

    public ArmFaults Faults { get; } = new();

    public ConcurrentDictionary<string, DoubleGroup> Groups { get; } = new();

    /// <summary>All that ever were, by name.</summary>
    public ConcurrentDictionary<string, DoubleGroup> Made { get; } = new();

    /// <summary>Method and path of each request, as they came.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public Uri Address { get; private set; } = null!;

    /// <summary>Where a process that has a managed identity gets its tokens.</summary>
    public Uri IdentityEndpoint { get; private set; } = null!;

    public DoubleDoors Doors { get; private set; } = null!;

    public static async Task<ArmDouble> StartAsync(IContainerProvider cells, X509Certificate2 certificate, TimeProvider? clock = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        WebApplication app = builder.Build();
        ArmDouble arm = new(app, cells, clock ?? TimeProvider.System);
        app.UseWebSockets();
        app.Run(arm.AnswerAsync);
        await app.StartAsync();
        string[] addresses = [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];
        arm.Address = new Uri(addresses.Single(address => address.StartsWith("https", StringComparison.Ordinal)));
        Uri plain = new(addresses.Single(address => address.StartsWith("http:", StringComparison.Ordinal)));
        arm.IdentityEndpoint = new Uri(plain, "/identity");
        arm.Doors = new DoubleDoors(arm, plain);
        return arm;
    }

    public static X509Certificate2 NewCertificate()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=arm-double", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(100));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }

    /// <summary>A group that somebody else has made, or that was left.</summary>
    public void Plant(string name, JsonObject tags)
        => Groups[name] = new DoubleGroup(name, "westeurope", new JsonObject
        {
            ["id"] = IdOf(name),
            ["name"] = name,
            ["location"] = "westeurope",
            ["tags"] = tags,
            ["properties"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "run", ["properties"] = new JsonObject { ["image"] = "x" } }) },
        }, _cells, Faults, _clock);

    /// <summary>A group goes without anybody having asked.</summary>
    public void Vanish(string name)
    {
        if (Groups.TryRemove(name, out DoubleGroup? group))
        {
            group.Output.DropConnections();
            _ = group.StopAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Made.Values.Select(group => group.StopAsync()));
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path.Value!;
        Requests.Enqueue($"{context.Request.Method} {path}");
        if (context.WebSockets.IsWebSocketRequest)
        {
            await Doors.OpenAsync(context, path);
            return;
        }

        if (path == "/identity")
        {
            await WriteAsync(context, 200, new JsonObject { ["access_token"] = "a-token", ["expires_on"] = "4102444800", ["resource"] = "arm", ["token_type"] = "Bearer" });
            return;
        }

        if (Faults.ServerErrors > 0)
        {
            Faults.ServerErrors--;
            await RefuseAsync(context, 500, "InternalServerError", "Something went wrong.");
            return;
        }

        if (context.Request.Headers.Authorization.ToString() != "Bearer a-token" || !context.Request.Query.ContainsKey("api-version"))
        {
            await RefuseAsync(context, 401, "AuthenticationFailed", "Authentication failed.");
            return;
        }

        string[] parts = path.ToLowerInvariant().Split('/', StringSplitOptions.RemoveEmptyEntries); // Azure's addresses have no case
        await (parts switch
        {
            ["subscriptions", Subscription, "resourcegroups", ResourceGroup, "providers", "microsoft.containerinstance", "containergroups"] => ListAsync(context),
            ["subscriptions", Subscription, "resourcegroups", ResourceGroup, "providers", "microsoft.containerinstance", "containergroups", var name, .. var rest] => AnswerGroupAsync(context, name, rest),
            ["subscriptions", Subscription, "providers", "microsoft.containerinstance", "locations", _, "operations", var id] => WriteAsync(context, 200, new JsonObject { ["status"] = _operations[id]() }),
            ["subscriptions", Subscription, "providers", "microsoft.containerinstance", "locations", var region, "usages"] => WriteAsync(context, 200, Usages(region)),
            _ => RefuseAsync(context, 404, "ResourceGroupNotFound", $"Resource group of {path} could not be found."),
        });
    }

    private async Task AnswerGroupAsync(HttpContext context, string name, string[] rest)
    {
        DoubleGroup? group = Groups.GetValueOrDefault(name);
        switch (context.Request.Method, rest)
        {
            case ("PUT", []):
                await CreateAsync(context, name);
                break;
            case ("DELETE", []) when group is null:
                context.Response.StatusCode = 204;
                break;
            case (_, _) when group is null:
                await RefuseAsync(context, 404, "ResourceNotFound", $"The Resource 'Microsoft.ContainerInstance/containerGroups/{name}' under resource group '{ResourceGroup}' was not found.");
                break;
            case ("GET", []):
                await WriteAsync(context, 200, group.Look());
                break;
            case ("PATCH", []):
                group.Tag((await JsonNode.ParseAsync(context.Request.Body))!["tags"]!.AsObject());
                await WriteAsync(context, 200, group.Look());
                break;
            case ("DELETE", []):
                Task removal = RemoveAsync(group);
                Begin(context, () => removal.IsCompleted ? "Succeeded" : "InProgress");
                await WriteAsync(context, 202, group.Look());
                break;
            case ("POST", ["start"]) when group.TryStart():
                Begin(context, () => group.IsRunning ? "Succeeded" : "InProgress");
                context.Response.StatusCode = 202;
                break;
            case ("POST", ["start"]):
                await RefuseAsync(context, 409, "ContainerGroupTransitioning", "The container group is not in a state to be started.");
                break;
            case ("GET", ["containers", "run", "logs"]):
                await WriteAsync(context, 200, new JsonObject { ["content"] = group.Output.Log });
                break;
            case ("POST", ["containers", "run", "attach"]) when group.IsRunning && !Faults.RefusesAttach:
                await WriteAsync(context, 200, Doors.New(group, "attach"));
                break;
            case ("POST", ["containers", "run", "exec"]) when group.IsRunning:
                JsonNode exec = (await JsonNode.ParseAsync(context.Request.Body))!;
                await WriteAsync(context, 200, Doors.New(group, (string)exec["command"]!));
                break;
            default:
                await RefuseAsync(context, 409, "ContainerGroupDeploymentNotReady", "The container group is not ready.");
                break;
        }
    }

    private async Task CreateAsync(HttpContext context, string name)
    {
        JsonObject body = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        string region = (string)body["location"]!;
        if (Faults.RefusedCreations.TryPeek(out (string Region, int Status, string Code) refused) && refused.Region == region)
        {
            Faults.RefusedCreations.Dequeue();
            await RefuseAsync(context, refused.Status, refused.Code, $"Refused with {refused.Code} in {region}.");
            return;
        }

        string counted = Faults.Creations.ContainsKey(region) ? region : "*";
        int left;
        lock (Faults.Creations)
        {
            left = --Faults.Creations[counted];
        }

        if (left < 0)
        {
            context.Response.Headers.RetryAfter = $"{Faults.RetryAfterSeconds}";
            await RefuseAsync(context, 429, "TooManyRequests", "The limit of container group creations is reached.");
            return;
        }

        body["id"] = IdOf(name);
        body["name"] = name;
        body["type"] = "Microsoft.ContainerInstance/containerGroups";
        DoubleGroup group = new(name, region, body, _cells, Faults, _clock);
        Groups[name] = Made[name] = group;
        context.Response.Headers["x-ms-ratelimit-remaining-subscription-resource-requests-pt5m"] = $"{Math.Min(left, 99)}";
        context.Response.Headers["x-ms-ratelimit-remaining-subscription-resource-requests-pt1h"] = $"{Math.Min(left, 299)}";
        Begin(context, () => Faults.FailsToProvision ? "Failed" : group.IsRunning ? "Succeeded" : "Pending");
        await WriteAsync(context, 201, group.Look());
    }

    private async Task RemoveAsync(DoubleGroup group)
    {
        await group.StopAsync();
        Groups.TryRemove(group.Name, out _);
    }

    // Two a page: whoever lists must go on.
    private Task ListAsync(HttpContext context)
    {
        int from = int.Parse(context.Request.Query["$skipToken"].FirstOrDefault() ?? "0", System.Globalization.CultureInfo.InvariantCulture);
        DoubleGroup[] all = [.. Groups.Values.OrderBy(group => group.Name, StringComparer.Ordinal)];
        JsonArray page = [];
        foreach (DoubleGroup group in all.Skip(from).Take(2))
        {
            JsonObject item = group.Body.DeepClone().AsObject();
            page.Add(item);
        }

        JsonObject answer = new() { ["value"] = page };
        if (all.Length > from + 2)
        {
            answer["nextLink"] = new Uri(Address, $"{context.Request.Path}?api-version=2023-05-01&$skipToken={from + 2}").ToString();
        }

        return WriteAsync(context, 200, answer);
    }

    private JsonObject Usages(string region)
    {
        int count = Groups.Values.Count(group => group.Region == region);
        return new JsonObject
        {
            ["value"] = new JsonArray(
                new JsonObject { ["unit"] = "Count", ["currentValue"] = count, ["limit"] = 100, ["name"] = new JsonObject { ["value"] = "ContainerGroups" } },
                new JsonObject { ["unit"] = "Count", ["currentValue"] = count, ["limit"] = 100, ["name"] = new JsonObject { ["value"] = "StandardCores" } }),
        };
    }

    private void Begin(HttpContext context, Func<string> status)
    {
        string id = Guid.NewGuid().ToString();
        _operations[id] = status;
        context.Response.Headers["Azure-AsyncOperation"] = new Uri(Address, $"/subscriptions/{Subscription}/providers/Microsoft.ContainerInstance/locations/westeurope/operations/{id}?api-version=2023-05-01").ToString();
    }

    private static string IdOf(string name) => $"/subscriptions/{Subscription}/resourceGroups/{ResourceGroup}/providers/Microsoft.ContainerInstance/containerGroups/{name}";

    private static Task RefuseAsync(HttpContext context, int status, string code, string message)
        => WriteAsync(context, status, new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message } });

    private static Task WriteAsync(HttpContext context, int status, JsonObject body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString());
    }
}
