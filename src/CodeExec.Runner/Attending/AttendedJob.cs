using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Cases;
using CodeExec.Runner.Displays;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Jobs;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Warm;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Attending;

/// <summary>
/// A job in a cell that is followed from outside: one program, which the waiting interpreter becomes. Any other job gets a runner of
/// its own inside the cell (<see cref="Handover"/>).
/// </summary>
internal sealed class AttendedJob(AttendedCell cell)
{
    private const string Workspace = "/workspace";
    private const int MostKeptFiles = 10_000;

    private static readonly TimeSpan LastWords = TimeSpan.FromSeconds(2);

    private HostLink Host => cell.Host;

    /// <summary>To the end of the cell, whatever happens in it: other cells share this process.</summary>
    public void Run()
    {
        using AttendedCell _ = cell;
        try
        {
            if (cell.Input.ReadJobLine() is not { } text)
            {
                return; // the host has no use for this cell
            }

            Job job = JobReader.Read(text.Span);
            if (job.Steps is not [{ Warm: true, Cases: [JobCase { Runs: 1 } only] } step])
            {
                Handover.Run(cell, text);
                return;
            }

            Host.TakeWhatCameWithTheJob();
            Run(job, step, only);
            Host.FlushAll(LastWords);
        }
        catch (Exception problem)
        {
            TryTell(problem);
        }
    }

    private void Run(Job job, JobStep step, JobCase item)
    {
        WorkspaceWriter.Write(cell.Workspace, job.Files);
        if (!Host.StopRequested)
        {
            Host.Events.StepStarted(step.Name);
            using DisplayFeed? displays = DisplayFeed.Begin(Host, job.Displays, cell.SharedMemory);
            bool succeeded = RunCase(step, item, displays);
            if (!Host.StopRequested)
            {
                displays?.SendRest();
                if (succeeded)
                {
                    Send(FilePurpose.Kept, step.Keep, new FileAllowance(step.Limits.WorkspaceBytes, MostKeptFiles));
                }

                Host.Events.StepEnded(step.Name, succeeded);
                Send(FilePurpose.Artifact, job.Artifacts, new FileAllowance(job.ArtifactBytes, job.ArtifactCount));
            }
        }

        Host.Events.JobEnded(Host.StopRequested);
    }

    private bool RunCase(JobStep step, JobCase item, DisplayFeed? displays)
    {
        WorkspaceWriter.Write(cell.Workspace, item.Files);
        CaseIdentity identity = new(Host, step, item);
        Host.Events.CaseStarted(step.Name, item.Id);
        CaseMeter meter = new(cell.Counters, processes: null, identity.Limits, alone: true, runnerIsInside: false);
        TimeSpan startedAt = MonotonicClock.Now;
        cell.Control.WriteAll(WarmMessage.Compose(ProgramSpec.Of(step, item), Workspace, new ProgramLimits(identity.Limits, default)));
        cell.Control.Dispose();
        ProgramEnds ends = new(Pid: 0, cell.Stdin, cell.Stdout, cell.Stderr);
        using CaseRun running = new(identity, new AttendedProgram(cell.FirstProcess), ends, startedAt, meter, new CaseBuffers());
        Span<PollEntry> entries = stackalloc PollEntry[HostLink.EntryCount + CaseRun.EntryCount];
        while (!running.HasEnded)
        {
            Host.FillEntries(entries);
            running.FillEntries(entries[HostLink.EntryCount..], readOutput: !Host.IsBehind);
            TimeSpan wakeAt = displays?.WakeAt < running.WakeAt() ? displays.WakeAt : running.WakeAt();
            Poll.Wait(entries, wakeAt - MonotonicClock.Now);
            TimeSpan now = MonotonicClock.Now;
            Host.Handle(entries);
            running.Handle(entries[HostLink.EntryCount..], now);
            displays?.Look(now);
            if (Host.StopRequested && !running.HasEnded)
            {
                running.Kill(reason: null, now);
            }
        }

        CaseEndedEvent ended = running.Finish(reapOthers: static () => { }, cell);
        FileSending.SendCollected(cell.Workspace, Host, item);
        Host.Events.CaseEnded(ended);
        return ended.ExitCode == 0 && ended.Limit is null;
    }

    private void Send(FilePurpose purpose, IReadOnlyList<string> patterns, FileAllowance allowance) =>
        FileSending.Send(cell.Workspace, Host, purpose, patterns, allowance);

    private void TryTell(Exception problem)
    {
        try
        {
            Host.Events.Fault(problem.Message);
            Host.FlushAll(LastWords);
        }
        catch (LinuxException)
        {
            // The line itself is broken: the host sees its end, which says as much.
        }
    }
}
