namespace CodeExec.Core.Operations;

/// <summary>One thing this host needs (a store, a container provider, the engine…), asked for its state by <c>GET /health</c>.</summary>
public interface IDependencyCheck
{
    /// <summary>As operators know it: "store", "cells", "engine"…</summary>
    string Name { get; }

    /// <summary>Answers within a second or so; what it throws counts as <see cref="DependencyHealth.Down"/>.</summary>
    Task<DependencyState> CheckAsync(CancellationToken cancellationToken);
}

/// <param name="Detail">What is wrong and what to do about it, for an operator; no secrets, no stack trace. Null when all is well.</param>
public sealed record DependencyState(DependencyHealth Health, string? Detail = null)
{
    public static readonly DependencyState Up = new(DependencyHealth.Up);
}

public enum DependencyHealth
{
    Up,

    /// <summary>Works with less than usual: a protection or a language is missing.</summary>
    Degraded,
    Down,
}
