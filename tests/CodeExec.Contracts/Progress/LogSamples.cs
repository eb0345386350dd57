using CodeExec.Contracts.Executions;
using CodeExec.Core.Progress;

namespace CodeExec.Contracts.Progress;

/// <summary>Feed entries as tests need them.</summary>
public static class LogSamples
{
    public static LogEntry Line(string message) => new()
    {
        Sequence = 0,
        Timestamp = ExecutionSamples.Start,
        Level = LogLevel.Info,
        Source = LogSource.Stdout,
        Step = "run",
        Message = message,
    };
}
