using System.Collections.Concurrent;
using System.Text.Json;
using CodeExec.Core.Progress;

namespace CodeExec.Api.Tests.Live.Pushed;

/// <summary>A service that keeps groups and hands on what is sent, in order.</summary>
internal sealed class FakeLiveChannel : ILiveChannel
{
    private readonly ConcurrentDictionary<(string Group, string Connection), bool> _members = [];
    private readonly SemaphoreSlim _news = new(0);
    private readonly ConcurrentQueue<(string Connection, string Name, JsonElement Data)> _sent = [];

    public bool IsFailing { get; set; }

    public IEnumerable<string> Groups => _members.Keys.Select(member => member.Group);

    /// <summary>The next event that a connection is sent.</summary>
    public async Task<(string Connection, string Name, JsonElement Data)> NextAsync()
    {
        await _news.WaitAsync();
        Assert.True(_sent.TryDequeue(out (string, string, JsonElement) next));
        return next;
    }

    public Task<LiveConnection> NegotiateAsync(string userId, CancellationToken cancellationToken)
        => Task.FromResult(new LiveConnection(new Uri("https://push.example.org/client/?hub=executions"), "token of " + userId));

    public Task JoinAsync(string connectionId, string group, CancellationToken cancellationToken)
    {
        _members[(group, connectionId)] = true;
        return Task.CompletedTask;
    }

    public Task LeaveAsync(string connectionId, string group, CancellationToken cancellationToken)
    {
        _members.TryRemove((group, connectionId), out _);
        return Task.CompletedTask;
    }

    public Task SendAsync(LiveAudience audience, string eventName, JsonElement payload, CancellationToken cancellationToken)
    {
        if (IsFailing)
        {
            throw new LiveChannelException("failing", new IOException());
        }
        IEnumerable<string> connections = audience is LiveAudience.Group group
            ? _members.Keys.Where(member => member.Group == group.Name).Select(member => member.Connection)
            : [((LiveAudience.Connection)audience).Id];
        foreach (string connection in connections)
        {
            _sent.Enqueue((connection, eventName, payload.Clone()));
            _news.Release();
        }
        return Task.CompletedTask;
    }
}
