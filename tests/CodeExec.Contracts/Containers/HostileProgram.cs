using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>A program that tries something, and what must come of it.</summary>
/// <param name="Expected">"exit N", "signal N", "limit NAME", or several of these parted by " or ".</param>
/// <param name="Output">What its stdout must contain; null for no matter.</param>
public sealed record HostileProgram(string Name, string Code, string Expected, string? Output = null)
{
    public JobLimits? Limits { get; init; }

    public override string ToString() => Name;

    public static string Verdict(CaseEndedEvent ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended.Limit is { } limit ? $"limit {limit}" : ended.Signal is { } signal ? $"signal {signal}" : $"exit {ended.ExitCode}";
    }
}
