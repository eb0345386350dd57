using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Cases;
using CodeExec.Runner.Displays;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Jobs;

/// <summary>Runs the cases of one step, some of them side by side, in one loop on one thread.</summary>
/// <param name="displays">What its programs show; null if nobody wants to see it.</param>
/// <param name="betweenCases">Called while no case runs, unless cases run side by side.</param>
internal sealed class StepRun(RunnerContext context, JobStep step, DisplayFeed? displays, Action betweenCases)
{
    private static readonly TimeSpan OrphanPause = TimeSpan.FromMilliseconds(2);

    // Cases that share a workspace which is to be put back between them can only follow one another.
    private readonly int _parallelism = step.RestoreWorkspace ? 1 : step.Parallelism;
    private readonly List<CaseRun> _running = [];
    private readonly Stack<CaseBuffers> _buffers = new();
    private int _next;
    private int _runsLeft; // of the case before
    private bool _failed;
    private bool _sawOrphan;

    private HostLink Host => context.Host;

    private bool MayStart => (_runsLeft > 0 || _next < step.Cases.Count) && (!_failed || step.ContinueOnFailure) && !Host.StopRequested;

    /// <summary>Whether every case ended with exit code 0.</summary>
    public bool Run()
    {
        while (true)
        {
            while (MayStart && _running.Count < _parallelism)
            {
                Host.WaitWhileBehind();
                if (_next > 0 && _parallelism == 1)
                {
                    betweenCases();
                }

                Start(Next());
            }

            if (_running.Count == 0)
            {
                return !_failed;
            }

            WaitAndHandle();
        }
    }

    private JobCase Next()
    {
        if (_runsLeft == 0)
        {
            _runsLeft = step.Cases[_next++].Runs;
        }

        _runsLeft--;
        return step.Cases[_next - 1];
    }

    private void Start(JobCase item)
    {
        WorkspaceWriter.Write(context.Workspace, item.Files);
        CaseIdentity identity = new(Host, step, item);
        Host.Events.CaseStarted(step.Name, item.Id);
        bool alone = _parallelism == 1;
        CaseMark mark = new();
        CaseProcesses processes = new(context.Processes, mark, alone && context.IsFirstProcess, context.Sender);
        CaseMeter meter = new(context.Cgroup, processes, identity.Limits, alone, sender: context.Sender);
        CaseBuffers buffers = _buffers.TryPop(out CaseBuffers? free) ? free : new CaseBuffers();
        TimeSpan startedAt = MonotonicClock.Now;
        try
        {
            ProgramEnds program = StartProgram(ProgramSpec.Of(step, item), identity.Limits, mark);
            _running.Add(new CaseRun(identity, new OwnProgram(program.Pid, mark, processes), program, startedAt, meter, buffers));
        }
        catch (StartFailedException failure)
        {
            _buffers.Push(buffers);
            Failed();
            Host.Events.CaseEnded(identity.Ended with { ExitCode = failure.ExitCode, StartError = failure.Message });
        }
    }

    private void Failed()
    {
        _failed = true;
        _runsLeft = 0;
    }

    private ProgramEnds StartProgram(ProgramSpec program, JobLimits limits, CaseMark mark)
    {
        ProgramLimits programLimits = new(limits, context.Pass);
        return (step.Warm ? context.TakeWarm(program, programLimits, mark) : null)
            ?? context.Starter.Start(program, programLimits, mark);
    }

    private void WaitAndHandle()
    {
        Span<PollEntry> entries = new PollEntry[HostLink.EntryCount + (_running.Count * CaseRun.EntryCount)];
        Host.FillEntries(entries);
        TimeSpan wakeAt = TimeSpan.MaxValue;
        for (int i = 0; i < _running.Count; i++)
        {
            _running[i].FillEntries(EntriesOf(entries, i), readOutput: !Host.IsBehind);
            wakeAt = _running[i].WakeAt() < wakeAt ? _running[i].WakeAt() : wakeAt;
        }

        wakeAt = displays?.WakeAt < wakeAt ? displays.WakeAt : wakeAt;
        TimeSpan timeout = wakeAt - MonotonicClock.Now;
        Poll.Wait(entries, _sawOrphan && timeout > OrphanPause ? OrphanPause : timeout);

        TimeSpan now = MonotonicClock.Now;
        Host.Handle(entries);
        for (int i = 0; i < _running.Count; i++)
        {
            _running[i].Handle(EntriesOf(entries, i), now);
        }

        Reap();
        displays?.Look(now);
        if (Host.StopRequested)
        {
            _running.ForEach(running => running.Kill(reason: null, now));
        }

        FinishEnded();
    }

    private static Span<PollEntry> EntriesOf(Span<PollEntry> entries, int running) =>
        entries.Slice(HostLink.EntryCount + (running * CaseRun.EntryCount), CaseRun.EntryCount);

    private void FinishEnded()
    {
        for (int i = _running.Count - 1; i >= 0; i--)
        {
            if (!_running[i].HasEnded)
            {
                continue;
            }

            using CaseRun ended = _running[i];
            CaseEndedEvent result = ended.Finish(Reap, context);
            _running.RemoveAt(i);
            _buffers.Push(ended.Buffers);
            if (result.ExitCode != 0 || result.Limit is not null)
            {
                Failed();
            }

            if (_running.Count == 0)
            {
                context.KillStrays();
                FileSending.SendCollected(context.Workspace, Host, ended.Identity.Case); // with nobody left who could change them
            }

            Host.Events.CaseEnded(result);
        }
    }

    /// <summary>Reaps what has ended, main programs and orphans alike, and counts it for the case it belongs to.</summary>
    private void Reap()
    {
        _sawOrphan = false;
        while (ChildProcesses.FindEnded() is { } pid)
        {
            CaseRun? owner = _running.Find(running => running.MainPid == pid)
                ?? (_running.Count == 1 ? _running[0] : _running.Find(running => running.Owns(pid)));
            _sawOrphan |= owner?.MainPid != pid;
            if (ChildProcesses.TryReap(pid) is { } exit && context.Sender?.TryNote(exit) != true)
            {
                owner?.OnReaped(exit, MonotonicClock.Now);
            }
        }
    }
}
