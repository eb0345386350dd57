using CodeExec.Protocol;

namespace CodeExec.Contracts.Containers;

/// <summary>A class of hostile behaviour: what it tries, and what must come of it in every language.</summary>
/// <param name="Code">It in Python; null where Python has no such trick.</param>
/// <param name="Expected">"exit N", "signal N", "limit NAME", or several of these parted by " or ".</param>
/// <param name="Output">What its stdout must contain; null for no matter.</param>
public sealed record HostileProgram(string Name, string? Code, string Expected, string? Output = null)
{
    public JobLimits? Limits { get; init; }

    /// <summary>Set where Python's row says it for all languages: the reason.</summary>
    public string? WhyOnlyPython { get; init; }

    public override string ToString() => Name;

    /// <summary>Fails unless the case ended as <paramref name="expected"/> says, "exit N", "signal N", "limit NAME" parted by " or ".</summary>
    public static void AssertEnded(string what, string expected, JobResult result)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(result);
        string verdict = Verdict(result.Case);
        Assert.True(expected.Split(" or ").Contains(verdict), $"{what}: {verdict}, not {expected}\n{result.Case.StartError}\n{Beginning(result.Stdout)}\n{Beginning(result.Stderr)}");
    }

    public static string Verdict(CaseEndedEvent ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return ended.Limit is { } limit ? $"limit {limit}" : ended.Signal is { } signal ? $"signal {signal}" : $"exit {ended.ExitCode}";
    }

    private static string Beginning(string text) => text[..Math.Min(2000, text.Length)];
}
