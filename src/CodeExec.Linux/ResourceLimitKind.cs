namespace CodeExec.Linux;

/// <summary>RLIMIT_… by the numbers that x64 and arm64 share.</summary>
public enum ResourceLimitKind
{
    CpuSeconds = 0,
    FileBytes = 1,
    StackBytes = 3,
    CoreBytes = 4,
    OpenFiles = 7,

    /// <summary>Kept and inherited by the kernel, and without any effect since Linux 2.4.</summary>
    Locks = 10,
}
