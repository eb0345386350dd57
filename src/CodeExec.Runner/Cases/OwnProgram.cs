using CodeExec.Linux;
using CodeExec.Runner.Processes;

namespace CodeExec.Runner.Cases;

/// <summary>A program that is a child of this process.</summary>
internal sealed class OwnProgram(int pid, CaseMark mark, CaseProcesses processes) : ICaseProgram
{
    private readonly PidFd _handle = PidFd.Open(pid) ?? throw new LinuxException("pidfd_open", Errno.NoProcess);

    public int MainPid => pid;

    public PollEntry Entry => new(_handle.Descriptor, PollEvents.In);

    public bool Owns(int other) => mark.IsOn(other);

    public ProcessExit? TryReap() => ChildProcesses.TryReap(pid);

    public void Kill() => processes.Kill();

    public void KillToTheLast(Action reapOthers) => processes.KillToTheLast(reapOthers);

    public void Dispose() => _handle.Dispose();
}
