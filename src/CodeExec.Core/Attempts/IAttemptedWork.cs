using CodeExec.Core.Tenants;

namespace CodeExec.Core.Attempts;

/// <summary>The work that attempts of one kind are.</summary>
public interface IAttemptedWork
{
    AttemptKind Kind { get; }

    Task<AttemptFate> LookAsync(TenantId tenant, string work, CancellationToken cancellationToken);
}
