using Microsoft.Extensions.Logging;

namespace CodeExec.Api.Access;

internal static partial class AccessLog
{
    [LoggerMessage(4101, LogLevel.Warning, "The key set at {Url} can not be read; the keys known so far stay good")]
    public static partial void KeySetUnreadable(this ILogger logger, Exception exception, Uri url);

    [LoggerMessage(4102, LogLevel.Warning, "Address {Source} has sent too many wrong credentials and is answered with 429 for now")]
    public static partial void SourceHeldBack(this ILogger logger, string source);

    [LoggerMessage(4103, LogLevel.Information, "Key {KeyId} was made for tenant {Tenant} with role {Role}")]
    public static partial void KeyMade(this ILogger logger, string keyId, string tenant, string role);

    [LoggerMessage(4104, LogLevel.Information, "Key {KeyId} was revoked")]
    public static partial void KeyRevoked(this ILogger logger, string keyId);
}
