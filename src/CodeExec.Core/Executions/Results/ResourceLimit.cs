namespace CodeExec.Core.Executions.Results;

public enum ResourceLimit
{
    WallTime,
    CpuTime,
    Memory,
    Output,
    Processes,
    Workspace,
    FileSize,
}
