using System.Net.WebSockets;
using System.Text;
using CodeExec.Containers.Aci.Arm;

namespace CodeExec.Containers.Aci.Following;

/// <summary>Connections to containers. Attach wants its word in a header, exec as the first thing said.</summary>
internal static class Sockets
{
    private const int Piece = 4096;

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

    /// <summary>In pieces that are small enough for any terminal's patience.</summary>
    public static async Task SayAsync(WebSocket socket, ReadOnlyMemory<byte> line, CancellationToken cancellationToken)
    {
        for (int at = 0; at < line.Length; at += Piece)
        {
            await socket.SendAsync(line.Slice(at, Math.Min(Piece, line.Length - at)), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
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
