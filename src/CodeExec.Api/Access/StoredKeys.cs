using System.Collections.Concurrent;
using CodeExec.Core.Access;

namespace CodeExec.Api.Access;

/// <summary>
/// Looks stored keys up, and remembers each for two seconds so that a busy client does not cost a read per request. A key revoked
/// here is forgotten at once; one revoked by another process of the same store within those two seconds.
/// </summary>
internal sealed class StoredKeys(IApiKeyStore store, TimeProvider clock)
{
    private const int MostRemembered = 1024;
    private static readonly TimeSpan Remember = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    /// <returns>Null if there is no such key, or if it is revoked or has expired.</returns>
    public async ValueTask<ApiKey?> FindValidAsync(string id, CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (!_known.TryGetValue(id, out Known? known) || now - known.ReadAt >= Remember)
        {
            if (await store.FindAsync(id, cancellationToken) is not { } key)
            {
                return null; // not remembered: whoever guesses ids must not fill our memory
            }

            if (_known.Count >= MostRemembered)
            {
                _known.Clear();
            }

            known = new(key, now);
            _known[id] = known;
        }

        return known.Key.RevokedAt is null && !(known.Key.ExpiresAt <= now) ? known.Key : null;
    }

    /// <returns>False if there is no such key.</returns>
    public async Task<bool> RevokeAsync(string id, CancellationToken cancellationToken)
    {
        bool found = await store.RevokeAsync(id, clock.GetUtcNow(), cancellationToken);
        _known.TryRemove(id, out _);
        return found;
    }

    private sealed record Known(ApiKey Key, DateTimeOffset ReadAt);
}
