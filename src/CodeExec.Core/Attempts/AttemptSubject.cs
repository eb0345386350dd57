using CodeExec.Core.Tenants;

namespace CodeExec.Core.Attempts;

/// <summary>What students submit to. A problem's versions are one.</summary>
public sealed record AttemptSubject(TenantId Tenant, AttemptKind Kind, string Id);

public enum AttemptKind
{
    Problem,
    Challenge,
}
