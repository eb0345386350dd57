using System.Text.Json;
using Azure.Identity;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.Http.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Azure.SignalR;
using Microsoft.Azure.SignalR.Common;
using Microsoft.Azure.SignalR.Management;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Push.SignalRService;

/// <summary>Azure SignalR Service over its REST calls. One manager and one hub context for the life of the process: making them anew leaks.</summary>
public sealed class SignalRServiceChannel(IOptions<SignalRServiceOptions> options, ILoggerFactory loggers) : ILiveChannel, IAsyncDisposable, IDisposable
{
    private const string Hub = "executions";

    private readonly ServiceManager _manager = Build(options.Value, loggers);
    private readonly SemaphoreSlim _making = new(1);
    private ServiceHubContext? _hub;

    public async Task<LiveConnection> NegotiateAsync(string userId, CancellationToken cancellationToken)
    {
        ServiceHubContext hub = await HubAsync(cancellationToken);
        NegotiationResponse answer = await TranslateAsync(
            () => hub.NegotiateAsync(new NegotiationOptions { UserId = userId, TokenLifetime = options.Value.TokenLifetime }, cancellationToken).AsTask());
        return new(new Uri(answer.Url!), answer.AccessToken!);
    }

    public async Task JoinAsync(string connectionId, string group, CancellationToken cancellationToken)
    {
        ServiceHubContext hub = await HubAsync(cancellationToken);
        await TranslateAsync(() => hub.Groups.AddToGroupAsync(connectionId, group, cancellationToken));
    }

    public async Task LeaveAsync(string connectionId, string group, CancellationToken cancellationToken)
    {
        ServiceHubContext hub = await HubAsync(cancellationToken);
        await TranslateAsync(() => hub.Groups.RemoveFromGroupAsync(connectionId, group, cancellationToken));
    }

    public async Task SendAsync(LiveAudience audience, string eventName, JsonElement payload, CancellationToken cancellationToken)
    {
        ServiceHubContext hub = await HubAsync(cancellationToken);
        IClientProxy clients = audience switch
        {
            LiveAudience.Connection connection => hub.Clients.Client(connection.Id),
            LiveAudience.Group group => hub.Clients.Group(group.Name),
            _ => throw new ArgumentException("There is no such audience.", nameof(audience)),
        };
        await TranslateAsync(() => clients.SendCoreAsync(eventName, [payload], cancellationToken));
    }

    public async ValueTask DisposeAsync()
    {
        if (_hub is not null)
        {
            await _hub.DisposeAsync();
        }
        Dispose();
    }

    public void Dispose()
    {
        _manager.Dispose();
        _making.Dispose();
    }

    private static ServiceManager Build(SignalRServiceOptions options, ILoggerFactory loggers)
        => new ServiceManagerBuilder()
            .WithOptions(service =>
            {
                service.ServiceTransportType = ServiceTransportType.Transient; // REST: nothing to keep open while nothing happens
                if (options.ConnectionString is { Length: > 0 } connection)
                {
                    service.ConnectionString = connection;
                    return;
                }
                DefaultAzureCredential identity = new(new DefaultAzureCredentialOptions { ManagedIdentityClientId = options.IdentityClientId });
                service.ServiceEndpoints = [new ServiceEndpoint(new Uri(options.Endpoint!), identity)];
            })
            .WithLoggerFactory(loggers)
            .BuildServiceManager();

    private static async Task<T> TranslateAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (AzureSignalRException e)
        {
            throw new LiveChannelException($"Azure SignalR Service: {e.Message}", e);
        }
    }

    private static async Task TranslateAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (AzureSignalRException e)
        {
            throw new LiveChannelException($"Azure SignalR Service: {e.Message}", e);
        }
    }

    private async ValueTask<ServiceHubContext> HubAsync(CancellationToken cancellationToken)
    {
        if (_hub is { } made)
        {
            return made;
        }
        await _making.WaitAsync(cancellationToken);
        try
        {
            return _hub ??= await TranslateAsync(() => _manager.CreateHubContextAsync(Hub, cancellationToken));
        }
        finally
        {
            _making.Release();
        }
    }
}
