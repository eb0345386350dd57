using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Limits;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Cases;

/// <summary>A program that is running: its pipes, its limits, and how it ends.</summary>
internal sealed class CaseRun : IDisposable
{
    /// <summary>How many poll entries <see cref="FillEntries"/> fills.</summary>
    public const int EntryCount = 4;

    /// <summary>How often a killed program is killed again, and the soonest that what a program uses is looked at.</summary>
    private static readonly TimeSpan CheckEvery = TimeSpan.FromMilliseconds(25);

    /// <summary>For a killed program to go: only one stuck in the kernel takes longer.</summary>
    private static readonly TimeSpan KillPatience = TimeSpan.FromSeconds(5);

    private readonly JobLimits _limits;
    private readonly ICaseProgram _program;
    private readonly CaseMeter _meter;
    private readonly StdinFeed _stdin;
    private readonly OutputCapture _stdout;
    private readonly OutputCapture _stderr;
    private readonly TimeSpan _startedAt;
    private TimeSpan _nextCheck;
    private TimeSpan? _killedAt;
    private TimeSpan _endedAt;
    private LimitKind? _killedFor;
    private ProcessExit? _exit;

    public CaseRun(CaseIdentity identity, ICaseProgram program, ProgramEnds ends, TimeSpan startedAt, CaseMeter meter, CaseBuffers buffers)
    {
        Identity = identity;
        Buffers = buffers;
        _limits = identity.Limits;
        _program = program;
        _meter = meter;
        _meter.StartFrom(ends.CpuBefore);
        _startedAt = startedAt;
        _nextCheck = _startedAt + CheckEvery;
        _stdout = new OutputCapture(OutputStream.Stdout, ends.Stdout, _limits.OutputBytes, buffers.Stdout, identity.Emit, identity.Case.Live);
        _stderr = new OutputCapture(OutputStream.Stderr, ends.Stderr, _limits.OutputBytes, buffers.Stderr, identity.Emit);
        _stdin = new StdinFeed(ends.Stdin, identity.Stdin);
    }

    public CaseIdentity Identity { get; }

    public CaseBuffers Buffers { get; }

    public int MainPid => _program.MainPid;

    /// <summary>Whether a process that has ended is this case's.</summary>
    public bool Owns(int pid) => _program.Owns(pid);

    public bool HasEnded => _exit is not null;

    private TimeSpan WallLimitAt => _startedAt + TimeSpan.FromMilliseconds(_limits.WallMs + _limits.GraceMs);

    /// <summary>When this case wants to be looked at even if nothing happens.</summary>
    public TimeSpan WakeAt()
    {
        TimeSpan wake = _nextCheck < WallLimitAt ? _nextCheck : WallLimitAt;
        wake = _stdout.DueAt < wake ? _stdout.DueAt.Value : wake;
        wake = _stderr.DueAt < wake ? _stderr.DueAt.Value : wake;
        return _killedAt is null ? wake : _nextCheck;
    }

    /// <param name="readOutput">False while the host is behind: the program then waits in its own write.</param>
    public void FillEntries(Span<PollEntry> entries, bool readOutput)
    {
        PollEntry none = new(-1, PollEvents.None);
        entries[0] = _program.Entry;
        entries[1] = _stdin.Entry;
        entries[2] = readOutput ? _stdout.Entry : none;
        entries[3] = readOutput ? _stderr.Entry : none;
    }

    /// <summary>Does what the poll found. The end is noted by <see cref="OnReaped"/>.</summary>
    public void Handle(ReadOnlySpan<PollEntry> entries, TimeSpan now)
    {
        if (entries[2].Happened != PollEvents.None)
        {
            _stdout.Read(now);
        }

        if (entries[3].Happened != PollEvents.None)
        {
            _stderr.Read(now);
        }

        if (entries[1].Happened != PollEvents.None || _stdin.MayHaveMore)
        {
            _stdin.Feed();
        }

        if (entries[0].Happened != PollEvents.None && _program.TryReap() is { } exit)
        {
            OnReaped(exit, now);
        }

        if (!HasEnded)
        {
            EnforceLimits(now);
            _stdout.EmitIfDue(now);
            _stderr.EmitIfDue(now);
        }
    }

    /// <summary>A process of this case has been reaped.</summary>
    public void OnReaped(ProcessExit exit, TimeSpan now)
    {
        _meter.AddReaped(exit);
        if (exit.Pid == MainPid && _exit is null)
        {
            _exit = exit;
            _endedAt = now;
        }
    }

    /// <summary>Ends the program at once.</summary>
    public void Kill(LimitKind? reason, TimeSpan now)
    {
        if (_killedAt is null)
        {
            _killedAt = now;
            _killedFor = reason;
            _nextCheck = now + CheckEvery;
        }

        _program.Kill();
    }

    /// <summary>The main process has ended: ends the others, and says how it was.</summary>
    /// <param name="looks">At what it has left.</param>
    public CaseEndedEvent Finish(Action reapOthers, IWorkspaceLooks looks)
    {
        bool failed = _exit!.ExitCode != 0;
        bool full = failed && looks.IsFull();
        _meter.LetGo();
        _program.KillToTheLast(reapOthers);
        _stdout.Drain(_endedAt);
        _stderr.Drain(_endedAt);
        CaseFacts facts = new()
        {
            Limits = _limits,
            Exit = _exit,
            KilledFor = _killedFor,
            Wall = _endedAt - _startedAt,
            Cpu = _meter.FinalCpu(),
            OutOfMemory = _meter.OutOfMemory,
            PeakBytes = _meter.FinalPeakBytes(),
            UnlimitedPeakBytes = _meter.UnlimitedPeakBytes,
            ForkRefused = _meter.ForkRefused,
            OutputCut = _stdout.IsCut || _stderr.IsCut,
            WorkspaceFull = full,
            FileAtItsLimit = failed && _limits.HasOwnFileLimit && looks.HasFileOf(_limits.FileBytes!.Value),
        };

        return Identity.Ended with
        {
            ExitCode = _exit.ExitCode,
            Signal = _exit.Signal,
            Limit = LimitVerdict.Of(facts),
            WallMs = facts.Wall.TotalMilliseconds,
            CpuMs = facts.Cpu.TotalMilliseconds,
            MemoryBytes = facts.PeakBytes,
            MemoryIsOfTree = _meter.MemoryIsOfTree,
            StdoutBytes = _stdout.Seen,
            StderrBytes = _stderr.Seen,
            StdoutTruncated = _stdout.IsCut,
            StderrTruncated = _stderr.IsCut,
        };
    }

    public void Dispose()
    {
        _program.Dispose();
        _stdin.Dispose();
        _stdout.Dispose();
        _stderr.Dispose();
    }

    private void EnforceLimits(TimeSpan now)
    {
        if (_killedAt is { } killedAt)
        {
            if (now - killedAt > KillPatience)
            {
                throw new ProcessesRemainException();
            }

            if (now >= _nextCheck)
            {
                Kill(_killedFor, now); // a fork may have got past the first time
                _nextCheck = now + CheckEvery;
            }

            return;
        }

        if (_stdout.IsCut || _stderr.IsCut)
        {
            Kill(LimitKind.Output, now);
        }
        else if (now >= WallLimitAt)
        {
            Kill(LimitKind.WallTime, now);
        }
        else if (now >= _nextCheck)
        {
            if (_meter.Check() is { } limit)
            {
                Kill(limit, now);
                return;
            }

            _nextCheck = now + _meter.QuietFor();
        }
    }
}
