namespace CodeExec.Client;

public enum LimitKind
{
    WallTime,
    CpuTime,
    Memory,
    Output,
    Processes,
    Workspace,
    FileSize,
}
