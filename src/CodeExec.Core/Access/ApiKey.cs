using CodeExec.Core.Tenants;

namespace CodeExec.Core.Access;

/// <summary>What is kept of an API key: never the key itself.</summary>
/// <param name="Id">The public part of the key, by which it is found.</param>
/// <param name="Hash">SHA-256 of the whole key, hexadecimal.</param>
public sealed record ApiKey(string Id, string Name, string Hash, TenantId Tenant, Role Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt);

/// <summary>Each role may do what those before it may, for all; a student does what is a student's, and sees what is their own.</summary>
public enum Role
{
    Student,
    Reader,
    Submitter,
    Admin,
}
