namespace CodeExec.Linux;

/// <summary>How a child ended, and what it and the children it reaped used.</summary>
/// <param name="ExitCode">Null when a signal ended it.</param>
/// <param name="PeakBytes">The most memory one process of them had resident.</param>
public sealed record ProcessExit(int Pid, int? ExitCode, int? Signal, TimeSpan Cpu, long PeakBytes)
{
    /// <param name="status">As wait(2) gives it.</param>
    public static ProcessExit FromStatus(int pid, int status, TimeSpan cpu, long peakBytes)
    {
        int signal = status & 0x7f;
        return new ProcessExit(pid, signal == 0 ? (status >> 8) & 0xff : null, signal == 0 ? null : signal, cpu, peakBytes);
    }
}
