using System.Globalization;
using CodeExec.Client;

namespace CodeExec.Cli.Running;

/// <summary>How an execution's end looks to the shell and to the user.</summary>
internal static class Ending
{
    private static readonly Dictionary<int, string> SignalNames = new()
    {
        [1] = "SIGHUP", [2] = "SIGINT", [3] = "SIGQUIT", [4] = "SIGILL", [5] = "SIGTRAP", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE",
        [9] = "SIGKILL", [10] = "SIGUSR1", [11] = "SIGSEGV", [12] = "SIGUSR2", [13] = "SIGPIPE", [14] = "SIGALRM", [15] = "SIGTERM",
        [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    public static int ExitCodeOf(Execution execution) => execution.Outcome switch
    {
        { Kind: OutcomeKind.Exited } outcome => outcome.ExitCode ?? (execution.Success ? ExitCodes.Success : ExitCodes.Server),
        { Kind: OutcomeKind.Signalled } outcome => ExitCodes.SignalBase + (outcome.Signal ?? 0),
        { Kind: OutcomeKind.LimitExceeded, Limit: LimitKind.WallTime or LimitKind.CpuTime } => ExitCodes.TimeLimit,
        { Kind: OutcomeKind.LimitExceeded, Limit: LimitKind.Memory } => ExitCodes.MemoryLimit,
        { Kind: OutcomeKind.LimitExceeded } => ExitCodes.OtherLimit,
        { Kind: OutcomeKind.CompileFailed } => ExitCodes.CompileFailed,
        { Kind: OutcomeKind.Cancelled } => ExitCodes.Interrupted,
        null when execution.Status == ExecutionStatus.Cancelled => ExitCodes.Interrupted,
        _ => ExitCodes.Server,
    };

    /// <summary>What the exit code alone does not tell.</summary>
    public static IEnumerable<string> RemarksOn(Execution execution)
    {
        if (Cause(execution) is { } cause)
        {
            yield return cause;
        }
        if (execution.Run is { Runs: { Count: > 1 } runs })
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{runs.Count} runs took {runs.Min(one => one.WallMs):0} to {runs.Max(one => one.WallMs):0} ms, {runs.Average(one => one.WallMs):0} ms on average.");
        }
        if (execution.Outcome is not { Limit: LimitKind.Output } && execution.Run is { } run && (run.StdoutTruncated || run.StderrTruncated))
        {
            yield return "The output was cut at its limit; --output sets it.";
        }
    }

    private static string? Cause(Execution execution) => execution.Outcome switch
    {
        { Kind: OutcomeKind.Signalled, Signal: { } signal }
            => $"The program was ended by signal {signal}{(SignalNames.TryGetValue(signal, out string? name) ? $" ({name})" : "")}.",
        { Kind: OutcomeKind.LimitExceeded, Limit: { } limit } => $"The program was ended by its {NameOf(limit)} limit; {OptionFor(limit)} sets it.",
        { Kind: OutcomeKind.CompileFailed } => "The program did not compile.",
        { Kind: OutcomeKind.Cancelled } => "The execution was stopped.",
        _ when execution.Error is { } error => $"The server could not run it: {error.Message ?? error.Type} (execution {execution.Id})",
        { Kind: OutcomeKind.InternalError } => $"The server could not run it (execution {execution.Id}).",
        _ => null,
    };

    private static string NameOf(LimitKind limit) => limit switch
    {
        LimitKind.WallTime => "wall time",
        LimitKind.CpuTime => "CPU time",
        LimitKind.Memory => "memory",
        LimitKind.Output => "output",
        LimitKind.Processes => "process",
        LimitKind.FileSize => "file size",
        _ => "workspace",
    };

    private static string OptionFor(LimitKind limit) => limit switch
    {
        LimitKind.WallTime => "--wall",
        LimitKind.CpuTime => "--cpu",
        LimitKind.Memory => "--memory",
        LimitKind.Output => "--output",
        LimitKind.Processes => "--processes",
        LimitKind.FileSize => "--file-size",
        _ => "--workspace",
    };
}
