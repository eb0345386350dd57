using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Progress;

/// <summary>The groups of viewers.</summary>
public static class LiveGroups
{
    /// <summary>All that happens to one execution.</summary>
    public static string Of(ExecutionId execution) => $"execution:{execution}";

    /// <summary>How far one batch is.</summary>
    public static string Of(BatchId batch) => $"batch:{batch}";

    /// <summary>That something happened to any execution of a tenant: changes of status, and results.</summary>
    public static string Of(TenantId tenant) => $"tenant:{tenant}";
}
