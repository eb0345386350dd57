namespace CodeExec.Linux;

/// <summary>How a child ended, and what it and the children it reaped used.</summary>
/// <param name="ExitCode">Null when a signal ended it.</param>
/// <param name="PeakBytes">The most memory one process of them had resident.</param>
public sealed record ProcessExit(int Pid, int? ExitCode, int? Signal, TimeSpan Cpu, long PeakBytes);
