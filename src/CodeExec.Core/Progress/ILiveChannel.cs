using System.Text.Json;

namespace CodeExec.Core.Progress;

/// <summary>
/// Pushes live events to viewers who are connected to a service instead of to this process. What is sent may be lost, and arrive in another order: a
/// viewer puts events in order by their sequences, and asks for what it missed.
/// </summary>
public interface ILiveChannel
{
    /// <summary>Lets a client connect to the service: where, and with which token.</summary>
    /// <param name="userId">Stands in the token, for whoever looks at the service's own records.</param>
    Task<LiveConnection> NegotiateAsync(string userId, CancellationToken cancellationToken);

    /// <summary>A connection in a group is sent what is sent to the group. Repeating it is harmless; leaving is, too.</summary>
    /// <exception cref="LiveChannelException">The service refused it, or was not reached.</exception>
    Task JoinAsync(string connectionId, string group, CancellationToken cancellationToken);

    /// <inheritdoc cref="JoinAsync"/>
    Task LeaveAsync(string connectionId, string group, CancellationToken cancellationToken);

    /// <exception cref="LiveChannelException">The service refused it, or was not reached.</exception>
    Task SendAsync(LiveAudience audience, string eventName, JsonElement payload, CancellationToken cancellationToken);
}

/// <param name="AccessToken">Good for connecting, for a while. Whoever has it may connect.</param>
public sealed record LiveConnection(Uri Url, string AccessToken);

/// <summary>One connection, or all of a group.</summary>
public abstract record LiveAudience
{
    private LiveAudience()
    {
    }

    public sealed record Connection(string Id) : LiveAudience;

    public sealed record Group(string Name) : LiveAudience;
}

public sealed class LiveChannelException(string message, Exception inner) : Exception(message, inner);
