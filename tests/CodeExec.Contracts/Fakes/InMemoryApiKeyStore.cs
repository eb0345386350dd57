using System.Collections.Concurrent;
using CodeExec.Core.Access;

namespace CodeExec.Contracts.Fakes;

/// <summary>API keys in memory.</summary>
public sealed class InMemoryApiKeyStore : IApiKeyStore
{
    private readonly ConcurrentDictionary<string, ApiKey> _keys = new(StringComparer.Ordinal);

    public Task AddAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _keys.TryAdd(key.Id, key) ? Task.CompletedTask : throw new ApiKeyExistsException(key.Id);
    }

    public Task<ApiKey?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_keys.GetValueOrDefault(id));

    public Task<IReadOnlyList<ApiKey>> ListAsync(CancellationToken cancellationToken)
        => Task.FromResult<IReadOnlyList<ApiKey>>([.. _keys.Values.OrderBy(key => key.CreatedAt).ThenBy(key => key.Id, StringComparer.Ordinal)]);

    public Task<bool> RevokeAsync(string id, DateTimeOffset at, CancellationToken cancellationToken)
    {
        while (_keys.TryGetValue(id, out ApiKey? key))
        {
            if (key.RevokedAt is not null || _keys.TryUpdate(id, key with { RevokedAt = at }, key))
            {
                return Task.FromResult(true);
            }
        }
        return Task.FromResult(false);
    }

    public Task<bool> AnyAsync(CancellationToken cancellationToken) => Task.FromResult(!_keys.IsEmpty);
}
