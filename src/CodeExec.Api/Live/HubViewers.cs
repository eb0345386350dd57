using System.Collections.Concurrent;
using CodeExec.Api.Access;
using CodeExec.Api.Hosting;
using CodeExec.Core.Progress;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Live;

/// <summary>The connections of the hub, each with what it follows.</summary>
internal sealed class HubViewers(
    IHubContext<ExecutionsHub> hub, ExecutionFeed feed, LiveEventFactory events, BatchNews news, CredentialChecker credentials, IOptions<ApiOptions> options, TimeProvider clock, ILogger<HubViewers> logger)
{
    private readonly ConcurrentDictionary<string, HubViewer> _viewers = new(StringComparer.Ordinal);

    public int Count => _viewers.Count;

    public HubViewer Of(HubCallerContext connection)
        => _viewers.TryGetValue(connection.ConnectionId, out HubViewer? viewer) ? viewer : throw new HubException("The connection is closing.");

    public IEnumerable<string> ConnectionIds => _viewers.Keys;

    public HubViewer? Find(string connectionId) => _viewers.GetValueOrDefault(connectionId);

    public void Add(HubCallerContext connection, Caller caller)
        => _viewers[connection.ConnectionId] = new(caller, connection, hub.Clients.Client(connection.ConnectionId), feed, events, news, new(credentials, caller, clock), options.Value, clock, logger);

    public async Task RemoveAsync(HubCallerContext connection)
    {
        if (_viewers.TryRemove(connection.ConnectionId, out HubViewer? viewer))
        {
            await viewer.DisposeAsync();
        }
    }
}
