using CodeExec.Linux;
using CodeExec.Runner.Cases;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Protection;
using CodeExec.Runner.Sending;
using CodeExec.Runner.Warm;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Jobs;

/// <summary>What every step of a job works with.</summary>
internal sealed class RunnerContext : IWorkspaceLooks
{
    private readonly CaseProcesses _everything;

    public RunnerContext(HostLink host, RunnerOptions options, OomPreference oom, LimitPass pass, WarmProcess? warm, SenderProcess? sender)
    {
        Host = host;
        Pass = pass;
        Sender = sender;
        WorkspacePath = options.Workspace;
        Workspace = LinuxDirectory.Open(options.Workspace);
        Starter = new ProgramStarter(options.Workspace, Workspace, oom);
        Cgroup = options.Cgroup is { } descriptors ? new CgroupCounters(descriptors) : null;
        WaitingInterpreter = warm;
        TemporaryDirectories = options.TemporaryDirectories ?? (IsFirstProcess ? ["/tmp", "/dev/shm"] : []);
        _everything = new CaseProcesses(Processes, mark: null, IsFirstProcess, sender, sparesOthers: host.HearsFromInside);
    }

    public HostLink Host { get; }

    public LimitPass Pass { get; }

    /// <summary>Null for a job without a link.</summary>
    public SenderProcess? Sender { get; }

    public string WorkspacePath { get; }

    public LinuxDirectory Workspace { get; }

    public ProgramStarter Starter { get; }

    public ProcessTable Processes { get; } = new();

    public CgroupCounters? Cgroup { get; }

    /// <summary>Where programs may leave something besides the workspace.</summary>
    public IReadOnlyList<string> TemporaryDirectories { get; }

    public bool IsFirstProcess { get; } = CurrentProcess.Id == 1;

    /// <summary>Null once it is taken or gone.</summary>
    public WarmProcess? WaitingInterpreter { get; private set; }

    public bool IsFull() => FileSystemSpace.Of(Workspace.Descriptor).IsFull;

    public bool HasFileOf(long bytes)
        => LargeFile.IsIn(Workspace, bytes) || TemporaryDirectories.Any(path =>
        {
            using LinuxDirectory? directory = LinuxDirectory.TryOpen(path);
            return directory is not null && LargeFile.IsIn(directory, bytes);
        });

    /// <summary>Null when none waits, or it has died: the program is then started as usual.</summary>
    public ProgramEnds? TakeWarm(ProgramSpec program, ProgramLimits limits, CaseMark mark)
    {
        WarmProcess? warm = WaitingInterpreter;
        WaitingInterpreter = null;
        return warm?.TryTake(program, WorkspacePath, limits, mark);
    }

    /// <summary>While no case runs: ends whatever is left in the container.</summary>
    public void KillStrays() => _everything.KillToTheLast(ReapAll);

    /// <summary>Without waiting for the end of what is killed.</summary>
    public void KillOnce()
    {
        if (ChildProcesses.Exist())
        {
            _everything.Kill();
        }
    }

    /// <summary>Before any code of a user's runs: nothing of it may meet an interpreter that another step would take.</summary>
    public void DropWarm()
    {
        if (WaitingInterpreter is { } warm)
        {
            WaitingInterpreter = null;
            warm.Dispose();
            KillStrays();
        }
    }

    private void ReapAll()
    {
        while (ChildProcesses.TryReap(ChildProcesses.Any) is { } exit)
        {
            Sender?.TryNote(exit);
        }
    }
}
