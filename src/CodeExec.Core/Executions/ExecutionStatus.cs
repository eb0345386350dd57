namespace CodeExec.Core.Executions;

public enum ExecutionStatus
{
    Queued,
    Preparing,
    Running,

    /// <summary>The program ended by itself with exit code 0.</summary>
    Completed,

    /// <summary>The program ended otherwise, or (with an error on the execution) we could not run it.</summary>
    Failed,

    /// <summary>A wall or CPU time limit ended the program.</summary>
    Timeout,
    Cancelled,
}
