using CodeExec.Core.Storage;
using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>
/// Signs of life that hosts leave in their common store, so that the groups of one that crashed are removed by the others. A host that
/// never signed here belongs to somebody else, and its groups are left alone until their end.
/// </summary>
internal sealed class HostSigns(IBlobStore blobs, IOptions<AciOptions> options)
{
    private const string Folder = "aci/hosts/";

    /// <summary>A host that signs so much more rarely than it should is dead.</summary>
    private const int Missed = 3;

    private readonly AciOptions _options = options.Value;

    public Task SignAsync(CancellationToken cancellationToken) => blobs.WriteAsync(KeyOf(_options.HostName), ReadOnlyMemory<byte>.Empty, cancellationToken);

    /// <summary>Hosts that have signed once and not lately, by the store's clock: it stamped this host's sign as well.</summary>
    public async Task<IReadOnlySet<string>> FindDeadAsync(CancellationToken cancellationToken)
    {
        Dictionary<string, DateTimeOffset> signs = [];
        await foreach (BlobInfo sign in blobs.ListAsync(Folder, cancellationToken))
        {
            signs[sign.Key[Folder.Length..]] = sign.WrittenAt;
        }

        return signs.TryGetValue(_options.HostName, out DateTimeOffset own)
            ? signs.Where(sign => sign.Value < own - (Missed * _options.SweepEvery)).Select(sign => sign.Key).ToHashSet()
            : new HashSet<string>();
    }

    /// <summary>Nothing of that host is left.</summary>
    public Task ForgetAsync(string host, CancellationToken cancellationToken) => blobs.DeleteAsync(KeyOf(host), cancellationToken);

    private static string KeyOf(string host) => Folder + host;
}
