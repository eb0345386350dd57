using System.Net.WebSockets;
using System.Text;
using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Following;

/// <summary>Connections to containers. Attach wants its word in a header, exec as the first thing said.</summary>
internal static class Sockets
{
    public static async Task<WebSocket> AttachAsync(Door door, CancellationToken cancellationToken)
    {
        ClientWebSocket socket = new();
        socket.Options.SetRequestHeader("Authorization", door.Password);
        return await ConnectAsync(socket, door, cancellationToken);
    }

    public static async Task<WebSocket> ExecAsync(Door door, CancellationToken cancellationToken)
    {
        WebSocket socket = await ConnectAsync(new ClientWebSocket(), door, cancellationToken);
        await socket.SendAsync(Encoding.UTF8.GetBytes(door.Password), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        return socket;
    }

    private static async Task<WebSocket> ConnectAsync(ClientWebSocket socket, Door door, CancellationToken cancellationToken)
    {
        try
        {
            await socket.ConnectAsync(door.Address, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
