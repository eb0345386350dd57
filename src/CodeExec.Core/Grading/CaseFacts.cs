using CodeExec.Core.Executions.Results;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading;

/// <summary>How a program ended on a test, as the runner measured it.</summary>
/// <param name="StartError">Set when it could not be started at all: the reason.</param>
public sealed record CaseFacts(int? ExitCode, int? Signal, ResourceLimit? Limit, string? StartError = null)
{
    public static CaseFacts Of(CaseEndedEvent ended)
    {
        ArgumentNullException.ThrowIfNull(ended);
        return new(ended.ExitCode, ended.Signal, (ResourceLimit?)ended.Limit, ended.StartError);
    }

    /// <summary>In words, for the author of a judge's program.</summary>
    public string Describe()
        => Limit is { } limit ? $"its limit of {Name(limit)}" : Signal is { } signal ? $"signal {signal}" : StartError ?? $"exit code {ExitCode}";

    private static string Name(ResourceLimit limit) => limit switch
    {
        ResourceLimit.WallTime => "wall time",
        ResourceLimit.CpuTime => "CPU time",
        ResourceLimit.FileSize => "file size",
        _ => limit.ToString().ToLowerInvariant(),
    };
}
