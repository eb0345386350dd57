using CodeExec.Core.Access;
using CodeExec.Core.Tenants;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Access;

/// <summary>Who sends a request.</summary>
/// <param name="Name">For people.</param>
internal sealed record Caller(TenantId Tenant, Role Role, string Name)
{
    /// <summary>Everybody, on a server without keys.</summary>
    public static readonly Caller Open = new(TenantId.Default, Role.Admin, "open");

    /// <summary>Whose submissions these are: the token's subject or the key's name, for the role of students; null for all else.</summary>
    public string? Student => Role == Role.Student ? Name : null;

    /// <summary>After this a stream that was opened with the credential ends.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Of a stored key, which may be revoked; null for all else.</summary>
    public string? KeyId { get; init; }
}

internal static class CallerOfRequest
{
    public static Caller GetCaller(this HttpContext context)
        => context.Features.Get<Caller>() ?? throw new InvalidOperationException("This endpoint asks for no role, so nobody looked who is calling: map it with .For(Role).");
}
