using System.Net.Sockets;

namespace CodeExec.Containers.Docker.Engine;

/// <summary>Where the engine listens.</summary>
internal sealed record DockerAddress(string Text, Uri Uri)
{
    public const string Usual = "unix:///var/run/docker.sock";

    /// <summary>The path of its socket on this machine; null for an engine elsewhere.</summary>
    public string? SocketPath => Uri.Scheme == "unix" ? Uri.AbsolutePath : null;

    /// <param name="setting">What the operator set; else $DOCKER_HOST, as Docker's own programs take it.</param>
    /// <exception cref="DockerUnavailableException">It is no address that we can speak to.</exception>
    public static DockerAddress Find(string? setting) => Parse(First(setting) ?? First(Environment.GetEnvironmentVariable("DOCKER_HOST")) ?? Usual);

    public static DockerAddress Parse(string text)
        => Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) && (uri is { Scheme: "unix", Host: "", AbsolutePath.Length: > 1 } || uri is { Scheme: "tcp", Host.Length: > 0, Port: > 0 })
            ? new DockerAddress(text, uri)
            : throw new DockerUnavailableException($"'{text}' is not where a Docker engine can be reached: unix:///path and tcp://host:port are. (Docker:Address, or DOCKER_HOST.)");

    public async ValueTask<Stream> ConnectAsync(CancellationToken cancellationToken)
    {
        Socket socket = SocketPath is null
            ? new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true }
            : new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await (SocketPath is { } path
                ? socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellationToken)
                : socket.ConnectAsync(Uri.Host, Uri.Port, cancellationToken));
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static string? First(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
