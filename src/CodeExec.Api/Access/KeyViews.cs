namespace CodeExec.Api.Access;

/// <param name="Key">The key itself, in the answer to its making only.</param>
internal sealed record KeyView(
    string Id, string Name, string Tenant, string Role, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, string? Key = null);

internal sealed record KeyListView(IReadOnlyList<KeyView> Items);
