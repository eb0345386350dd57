using CodeExec.Linux;
using CodeExec.Runner.Sending;

namespace CodeExec.Runner.Processes;

/// <summary>The processes of one case, found by its mark; or simply all there are, when it is alone in its container.</summary>
/// <param name="mark">Null: every descendant of this process.</param>
/// <param name="sender">Never one of them.</param>
/// <param name="sparesOthers">Nor are those that were put into the container from outside: through one of them the host speaks.</param>
internal sealed class CaseProcesses(ProcessTable table, CaseMark? mark, bool ownsContainer, SenderProcess? sender = null, bool sparesOthers = false)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>A process that came from outside has no parent inside, and an orphan has this one.</summary>
    private const int Outside = 0;

    // A sender that is apart is not in reach.
    private bool MayKillAll => ownsContainer && !sparesOthers && sender is null or { HasEnded: true } or { IsApart: true };

    /// <summary>Signals every process once, without waiting.</summary>
    public void Kill()
    {
        if (MayKillAll)
        {
            Signals.Send(ChildProcesses.Any, SignalNumber.Kill);
            return;
        }

        foreach (ProcessStat process in Members())
        {
            Signals.Send(process.Pid, SignalNumber.Kill);
        }
    }

    /// <summary>Kills until nothing is left: at the latest when this process has no child, for it adopts every orphan. What is reaped on the way goes to <paramref name="reapOthers"/>, which reaps all it can.</summary>
    /// <exception cref="ProcessesRemainException">Something would not die.</exception>
    public void KillToTheLast(Action reapOthers)
    {
        TimeSpan pause = TimeSpan.FromMicroseconds(50);
        TimeSpan waited = TimeSpan.Zero;
        while (ChildProcesses.Exist() && KillSome())
        {
            reapOthers();
            if (waited > Patience)
            {
                throw new ProcessesRemainException();
            }

            Poll.Wait([], pause); // ended processes are gone once their memory is; there is no descriptor for "all of them"
            waited += pause;
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, TimeSpan.TicksPerMillisecond));
            reapOthers();
        }

        reapOthers(); // what was found dead already is still to be accounted for
    }

    public TreeUse Measure()
    {
        long ticks = 0;
        long pages = 0;
        int tasks = 0;
        foreach (ProcessStat process in Members())
        {
            ticks += process.CpuTicks;
            pages += process.ResidentPages;
            tasks += process.IsZombie ? 1 : process.Threads;
        }

        return new TreeUse(ProcessStat.Tick * ticks, pages * Environment.SystemPageSize, tasks);
    }

    /// <summary>As <see cref="TreeUse.ResidentBytes"/>, with what is shared counted once: dearer to find out.</summary>
    public long MeasureSharedOnce()
    {
        long bytes = 0;
        foreach (ProcessStat process in Members())
        {
            // Where it is not told, the process may have ended since: then what it had is not to be counted any more.
            bytes += table.ProportionalBytes(process.Pid) ?? ((table.Find(process.Pid)?.ResidentPages ?? 0) * Environment.SystemPageSize);
        }

        return bytes;
    }

    /// <summary>False when there was nothing to kill.</summary>
    private bool KillSome()
    {
        if (MayKillAll)
        {
            bool any = Signals.Send(ChildProcesses.Any, SignalNumber.Kill);
            return sender is null or { HasEnded: true } ? any : Members().Exists(static process => !process.IsZombie); // whom it did not reach counts in the answer, too
        }

        bool some = false;
        foreach (ProcessStat process in Members())
        {
            if (!process.IsZombie)
            {
                Signals.Send(process.Pid, SignalNumber.Kill);
                some = true;
            }
        }

        return some;
    }

    private List<ProcessStat> Members()
    {
        // Every process between a marked one and this one bears the mark as well: nobody else's need be read.
        List<ProcessStat> members = ownsContainer ? table.Read().FindAll(process => process.Parent != Outside) : Descendants.Of(CurrentProcess.Id, table.Read(mark is null ? null : mark.IsOn));
        if (sender is { HasEnded: false })
        {
            members.RemoveAll(process => process.Pid == sender.Pid);
        }

        return members;
    }
}
