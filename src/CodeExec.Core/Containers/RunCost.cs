namespace CodeExec.Core.Containers;

/// <summary>What containers took that somebody has to pay for.</summary>
/// <param name="VcpuSeconds">Seconds, times the processors that stood ready in them.</param>
/// <param name="GbSeconds">Seconds, times the memory.</param>
/// <param name="Amount">By the prices in the settings; null for a sum over more than one currency.</param>
public sealed record RunCost(decimal VcpuSeconds, decimal GbSeconds, decimal? Amount, string? Currency)
{
    /// <summary>Null for nothing that has a price.</summary>
    public static RunCost? Sum(IEnumerable<RunCost?> costs)
    {
        RunCost[] all = [.. costs.OfType<RunCost>()];
        if (all.Length == 0)
        {
            return null;
        }

        bool comparable = all.All(cost => cost.Amount is not null && cost.Currency == all[0].Currency);
        return new RunCost(all.Sum(cost => cost.VcpuSeconds), all.Sum(cost => cost.GbSeconds), comparable ? all.Sum(cost => cost.Amount) : null, comparable ? all[0].Currency : null);
    }
}
