using CodeExec.Core.Access;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Access;

/// <summary>Turns a credential (a key of the settings, a stored key, a token) into its caller.</summary>
internal sealed class CredentialChecker(IOptions<AuthOptions> options, StoredKeys stored, JwtValidator tokens, TimeProvider clock)
{
    private readonly (string Hash, Caller Caller)[] _configured =
        [.. options.Value.Keys.Select(key => (key.Hash ?? ApiKeyText.Hash(key.Key!), new Caller(new TenantId(key.Tenant), key.Role, key.Name)))];

    /// <returns>Null if it is not good.</returns>
    public async ValueTask<Caller?> CheckAsync(string credential, CancellationToken cancellationToken)
    {
        string hash = ApiKeyText.Hash(credential);
        Caller? caller = null;
        foreach ((string known, Caller owner) in _configured)
        {
            // All are compared, so that the time does not tell which was nearly right.
            caller = ApiKeyText.SameHash(known, hash) ? owner : caller;
        }

        if (caller is not null)
        {
            return caller;
        }

        if (ApiKeyText.TryParse(credential, out string id))
        {
            return await stored.FindValidAsync(id, cancellationToken) is { } key && ApiKeyText.SameHash(key.Hash, hash)
                ? new(key.Tenant, key.Role, key.Name) { KeyId = key.Id, ExpiresAt = key.ExpiresAt }
                : null;
        }

        return tokens.IsOn ? await tokens.ValidateAsync(credential, cancellationToken) : null;
    }

    /// <summary>For streams, which outlive the check at their beginning.</summary>
    public async ValueTask<bool> IsStillGoodAsync(Caller caller, CancellationToken cancellationToken)
        => !(caller.ExpiresAt <= clock.GetUtcNow())
        && (caller.KeyId is null || await stored.FindValidAsync(caller.KeyId, cancellationToken) is not null);
}
