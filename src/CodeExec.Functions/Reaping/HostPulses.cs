using CodeExec.Core.Storage;

namespace CodeExec.Functions.Reaping;

/// <summary>Which instances of the app live: each writes a blob of its name again and again.</summary>
internal sealed class HostPulses(IBlobStore blobs, TimeProvider clock)
{
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <summary>Of one that was silent for so long, nothing runs any more.</summary>
    public static readonly TimeSpan GoneAfter = TimeSpan.FromMinutes(10);

    private const string Prefix = "hosts/";

    public Task BeatAsync(string host, CancellationToken cancellationToken) => blobs.WriteAsync(Prefix + BlobKey.Segment(host), "alive"u8.ToArray(), cancellationToken);

    /// <summary>Those that lived once. A host that never had a pulse is not among them: it is somebody else's.</summary>
    public async Task<IReadOnlySet<string>> GoneAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset before = clock.GetUtcNow() - GoneAfter;
        HashSet<string> gone = new(StringComparer.Ordinal);
        await foreach (BlobInfo pulse in blobs.ListAsync(Prefix, cancellationToken))
        {
            if (pulse.WrittenAt < before)
            {
                gone.Add(pulse.Key[Prefix.Length..]);
            }
        }
        return gone;
    }

    public Task ForgetAsync(string host, CancellationToken cancellationToken) => blobs.DeleteAsync(Prefix + BlobKey.Segment(host), cancellationToken);
}
