namespace CodeExec.Client;

/// <summary>What containers took that somebody has to pay for.</summary>
/// <param name="Amount">By the server's prices; null for a sum over more than one currency.</param>
public sealed record ExecutionCost(decimal VcpuSeconds, decimal GbSeconds, decimal? Amount = null, string? Currency = null);
