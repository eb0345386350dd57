namespace CodeExec.Client;

public enum ExecutionStatus
{
    Queued,
    Preparing,
    Running,
    Completed,
    Failed,
    Timeout,
    Cancelled,
}
