using CodeExec.Api.Access;

namespace CodeExec.Api.Live;

/// <summary>Looks now and then whether a viewer may still watch: a stream outlives the check at its beginning.</summary>
internal sealed class ViewerAccess(CredentialChecker credentials, Caller caller, TimeProvider clock)
{
    /// <summary>So long may a revoked key go on watching.</summary>
    public static readonly TimeSpan CheckEvery = TimeSpan.FromSeconds(3);

    private DateTimeOffset _checkedAt = clock.GetUtcNow();

    public async ValueTask<bool> IsStillAllowedAsync(CancellationToken cancellationToken)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now - _checkedAt < CheckEvery)
        {
            return true;
        }

        _checkedAt = now;
        return await credentials.IsStillGoodAsync(caller, cancellationToken);
    }
}
