using CodeExec.Core.Containers;

namespace CodeExec.Api.Executions;

/// <param name="Amount">Null over more than one currency.</param>
internal sealed record CostView(decimal VcpuSeconds, decimal GbSeconds, decimal? Amount, string? Currency)
{
    public static CostView? Of(RunCost? cost) => cost is null ? null : new(cost.VcpuSeconds, cost.GbSeconds, cost.Amount, cost.Currency);
}
