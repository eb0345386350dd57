using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Callbacks;

/// <summary>
/// Connects to public addresses, and to those that the operator allows. A name is looked up here, all its addresses are checked, and one of those is
/// connected to: what a name means later (DNS rebinding) changes nothing.
/// </summary>
public sealed class AddressGuard
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<IPNetwork> _networks = [];

    public AddressGuard(IOptions<CallbackOptions> options)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (string allowed in options.Value.Allow)
        {
            if (IPNetwork.TryParse(allowed, out IPNetwork network))
            {
                _networks.Add(network);
            }
            else if (IPAddress.TryParse(allowed, out IPAddress? address))
            {
                _networks.Add(new IPNetwork(address, address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128));
            }
            else
            {
                _names.Add(allowed);
            }
        }
    }

    public bool Allows(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return PublicAddresses.Has(address) || _networks.Any(network => network.BaseAddress.AddressFamily == plain.AddressFamily && network.Contains(plain));
    }

    /// <param name="lookUp">All addresses of a name.</param>
    /// <exception cref="AddressRefusedException">One of the addresses must not be called, or there is none.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, Func<string, CancellationToken, Task<IPAddress[]>> lookUp, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lookUp);
        string name = host.Trim('[', ']');
        IPAddress[] addresses = IPAddress.TryParse(name, out IPAddress? literal) ? [literal] : await lookUp(name, cancellationToken);

        // A name that means both a public and a private address is a trap: none of them is called.
        return addresses.Length > 0 && (_names.Contains(name) || addresses.All(Allows))
            ? addresses
            : throw new AddressRefusedException(name);
    }

    /// <summary>For an HTTP handler.</summary>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(context);
        IPAddress[] addresses = await ResolveAsync(context.DnsEndPoint.Host, Dns.GetHostAddressesAsync, cancellationToken);
        Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}

public sealed class AddressRefusedException(string host)
    : Exception($"'{host}' is not (or not only) at a public address. The operator can allow it: Callbacks:Allow.")
{
    public string Host { get; } = host;
}
