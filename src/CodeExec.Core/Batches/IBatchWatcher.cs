using CodeExec.Core.Tenants;

namespace CodeExec.Core.Batches;

/// <summary>Wants to know of batches that this process works on.</summary>
public interface IBatchWatcher
{
    /// <summary>Work on a batch begins here, or goes on. Returns at once; called many times.</summary>
    void Watch(TenantId tenant, BatchId id);
}
