using CodeExec.Linux;

namespace CodeExec.Runner.Cases;

/// <summary>A case's main process and all that came of it, as those see them who can end and reap them.</summary>
internal interface ICaseProgram : IDisposable
{
    /// <summary>0 where it has no number that this process could use.</summary>
    int MainPid { get; }

    /// <summary>Happens when there is something for <see cref="TryReap"/>.</summary>
    PollEntry Entry { get; }

    /// <summary>Whether a process that has ended is this case's.</summary>
    bool Owns(int pid);

    /// <summary>Null while the main process has not ended.</summary>
    ProcessExit? TryReap();

    /// <summary>Ends every process, without waiting.</summary>
    void Kill();

    /// <summary>After the main process has ended: returns when nothing is left.</summary>
    void KillToTheLast(Action reapOthers);
}
