using System.Net;
using System.Net.Sockets;

namespace CodeExec.Bench.Server;

internal static class FreePort
{
    public static int Find()
    {
        using Socket socket = new(SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
