namespace CodeExec.Linux;

/// <summary>How readily a process lets others have the processor: what it forks inherits that, and nobody without a capability takes it back.</summary>
public static class Niceness
{
    private const int OfProcess = 0, Most = 19;

    /// <summary>One that is gone needs it no more.</summary>
    public static void SetMost(int pid) => _ = Libc.SetPriority(OfProcess, (uint)pid, Most);
}
