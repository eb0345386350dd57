using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;

namespace CodeExec.Api.Judge0;

/// <summary>Judge0's statuses, by their ids.</summary>
internal static class Judge0Statuses
{
    public const int InQueue = 1, Processing = 2, Accepted = 3, WrongAnswer = 4, CompilationError = 6;

    private const int TimeLimit = 5, NonZeroExit = 11, Other = 12, InternalError = 13;
    private const int Abort = 6, Arithmetic = 8, Segmentation = 11, FileSize = 25;

    private static readonly string[] Descriptions =
    [
        "In Queue", "Processing", "Accepted", "Wrong Answer", "Time Limit Exceeded", "Compilation Error", "Runtime Error (SIGSEGV)", "Runtime Error (SIGXFSZ)",
        "Runtime Error (SIGFPE)", "Runtime Error (SIGABRT)", "Runtime Error (NZEC)", "Runtime Error (Other)", "Internal Error", "Exec Format Error",
    ];

    public static IEnumerable<(int Id, string Description)> All => Descriptions.Select((description, index) => (index + 1, description));

    public static string DescriptionOf(int id) => Descriptions[id - 1];

    /// <summary>Before the output is compared: what ended well is accepted.</summary>
    /// <returns>The status, and Judge0's message.</returns>
    public static (int Id, string? Message) Of(ExecutionRecord record) => record switch
    {
        { Status: ExecutionStatus.Queued } => (InQueue, null),
        { Outcome: null } => (Processing, null),
        { Outcome: ExecutionOutcome.CompileFailed } => (CompilationError, null),
        { Outcome: ExecutionOutcome.Exited { Code: 0 } } => (Accepted, null),
        { Outcome: ExecutionOutcome.Exited exited } => (NonZeroExit, $"Exited with error status {exited.Code}"),
        { Outcome: ExecutionOutcome.Signalled signalled } => (OfSignal(signalled.Signal), $"Caught fatal signal {signalled.Signal} ({Signals.NameOf(signalled.Signal)})"),
        { Outcome: ExecutionOutcome.LimitExceeded limit } when record.Run is null => (CompilationError, $"Compilation ended at its limit: {limit.Limit}"),
        { Outcome: ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.WallTime } } => (TimeLimit, "Time limit exceeded (wall clock)"),
        { Outcome: ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.CpuTime } } => (TimeLimit, "Time limit exceeded"),
        { Outcome: ExecutionOutcome.LimitExceeded { Limit: ResourceLimit.Output or ResourceLimit.FileSize } file } => (OfSignal(FileSize), $"{file.Limit} limit exceeded"),
        { Outcome: ExecutionOutcome.LimitExceeded limit } => (Other, $"{limit.Limit} limit exceeded"),
        { Outcome: ExecutionOutcome.Cancelled } => (InternalError, "The execution was stopped."),
        _ => (InternalError, record.Error?.Message ?? "The server could not run the program."),
    };

    private static int OfSignal(int signal) => signal switch { Segmentation => 7, FileSize => 8, Arithmetic => 9, Abort => 10, _ => Other };
}
