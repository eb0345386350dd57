using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Processes;
using CodeExec.Runner.Sending;

namespace CodeExec.Runner.Limits;

/// <summary>Measures one case: by the cgroup where the host handed one in and the case has it to itself, else by its processes.</summary>
internal sealed class CaseMeter
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private const long WorthALook = 4L << 20;

    private readonly CgroupCounters? _cgroup;
    private readonly CaseProcesses? _processes;
    private readonly SenderProcess? _sender;
    private readonly JobLimits _limits;
    private readonly bool _alone;
    private readonly bool _countsOwnCpu;
    private readonly bool _peakIsOfCase;
    private readonly bool _memoryIsHeld;
    private readonly bool _processesAreHeld;
    private readonly long _peakBefore;
    private readonly long _oomKillsBefore;
    private readonly long _refusedForksBefore;
    private readonly TimeSpan _cgroupCpuBefore;
    private readonly TimeSpan _ownCpuBefore;
    private TimeSpan _reapedCpu;
    private TimeSpan _cpuBefore;
    private TimeSpan _cpuSeen;
    private long _peak;
    private long _processPeak;

    /// <param name="processes">Null where the cgroup knows everything.</param>
    /// <param name="sender">It is in the cgroup with this process, and no more of the case.</param>
    /// <param name="runnerIsInside">Whether this process is in the cgroup: its own CPU time is then not the case's.</param>
    public CaseMeter(CgroupCounters? cgroup, CaseProcesses? processes, JobLimits limits, bool alone, bool runnerIsInside = true, SenderProcess? sender = null)
    {
        _countsOwnCpu = runnerIsInside;
        _cgroup = cgroup;
        _processes = processes;
        _sender = sender;
        _limits = limits;
        _alone = alone;
        if (cgroup is null)
        {
            return;
        }

        _oomKillsBefore = cgroup.OomKills();
        _refusedForksBefore = cgroup.RefusedForks();
        _memoryIsHeld = cgroup.KnowsOom && (!alone || cgroup.HoldsMemoryTo(limits.MemoryBytes));
        _processesAreHeld = cgroup.KnowsProcesses && (!alone || cgroup.HoldsProcessesTo(limits.Processes));
        if (alone)
        {
            cgroup.HoldCpusTo(limits.Cpus);
            _cgroupCpuBefore = cgroup.KnowsCpu ? cgroup.Cpu() : default;
            _ownCpuBefore = OwnCpu();
            _peakIsOfCase = cgroup.TryResetPeak();
            _peakBefore = cgroup.PeakBytes();
        }
    }

    public bool MemoryIsOfTree => _peakIsOfCase || (_alone && _cgroup is { KnowsUsage: true });

    public bool OutOfMemory => _cgroup is { KnowsOom: true } cgroup && cgroup.OomKills() > _oomKillsBefore;

    public bool ForkRefused => _cgroup is { KnowsProcesses: true } cgroup && cgroup.RefusedForks() > _refusedForksBefore;

    /// <summary>The peak, where no cgroup would have ended the program for it.</summary>
    public long? UnlimitedPeakBytes => _memoryIsHeld ? null : _processPeak;

    private TimeSpan EndsAt => TimeSpan.FromMilliseconds(_limits.CpuMs + _limits.GraceMs);

    private bool NeedsTable => !CpuIsCounted || !_memoryIsHeld || !_processesAreHeld;

    private bool CpuIsCounted => _alone && _cgroup is { KnowsCpu: true };

    /// <summary>A program that ran before its case began.</summary>
    public void StartFrom(TimeSpan cpuUsed) => _cpuBefore = cpuUsed;

    public void AddReaped(ProcessExit exit)
    {
        _reapedCpu += exit.Cpu;
        _processPeak = Math.Max(_processPeak, exit.PeakBytes);
    }

    /// <summary>Looks now. The limit that is crossed, if one is.</summary>
    public LimitKind? Check()
    {
        TreeUse use = NeedsTable && _processes is { } living ? living.Measure() : default;
        SampleMemory();
        TimeSpan cpu = Cpu(use);
        _cpuSeen = cpu > _cpuSeen ? cpu : _cpuSeen;
        if (cpu > EndsAt)
        {
            return LimitKind.CpuTime;
        }

        if (!_processesAreHeld && use.Tasks > _limits.Processes)
        {
            return LimitKind.Processes;
        }

        return !_memoryIsHeld && IsOverMemory(use) ? LimitKind.Memory : null;
    }

    /// <summary>
    /// How long it need not be looked at: where the kernel holds every other limit, until all processors together could have used
    /// up the CPU time that is left. A program that sleeps is then looked at once a second, one near its limit forty times.
    /// </summary>
    public TimeSpan QuietFor()
    {
        if (NeedsTable || !_peakIsOfCase)
        {
            return ShortestPause;
        }

        TimeSpan left = EndsAt - Cpu(default);
        return TimeSpan.FromTicks(Math.Clamp(left.Ticks / Environment.ProcessorCount, ShortestPause.Ticks, LongestPause.Ticks));
    }

    /// <summary>The program has ended: what is left to do is ours, and should not wait for its share of the processors.</summary>
    public void LetGo()
    {
        if (_alone)
        {
            _cgroup?.HoldCpusTo(null);
        }
    }

    /// <summary>Once everything is reaped. Never less than what was seen, and ended the program, while it ran: a process that its parent does not wait for leaves no account.</summary>
    public TimeSpan FinalCpu()
    {
        TimeSpan cpu = Cpu(default);
        return cpu > _cpuSeen ? cpu : _cpuSeen;
    }

    public long FinalPeakBytes()
    {
        SampleMemory();
        if (!MemoryIsOfTree)
        {
            return _processPeak;
        }

        // A peak that can not be begun anew is this case's all the same, once it is higher than it was before.
        long peak = _cgroup!.PeakBytes();
        return WithoutCache(_peakIsOfCase || peak > _peakBefore ? Math.Max(peak - (_sender?.ResidentBytes() ?? 0), Math.Min(peak, _processPeak)) : _peak);
    }

    // Whoever reads a file first is charged for the kernel's copy of it: the first compile after a start would make its program look
    // twenty times as large. What the kernel has taken back meanwhile was needed, and counts.
    private long WithoutCache(long peak)
        => peak < WorthALook ? peak : Math.Max(peak - _cgroup!.CachedBytes(), Math.Min(peak, _processPeak));

    private TimeSpan OwnCpu() => _countsOwnCpu ? ProcessCpuClock.ReadOwn() + (_sender?.Cpu() ?? default) : TimeSpan.Zero;

    private TimeSpan Cpu(TreeUse living)
    {
        TimeSpan used = CpuIsCounted
            ? _cgroup!.Cpu() - _cgroupCpuBefore - (OwnCpu() - _ownCpuBefore)
            : _reapedCpu + living.Cpu - _cpuBefore;
        return used > TimeSpan.Zero ? used : TimeSpan.Zero;
    }

    private void SampleMemory()
    {
        if (MemoryIsOfTree && !_peakIsOfCase)
        {
            _peak = Math.Max(_peak, _cgroup!.UsedBytes() - (_sender?.ResidentBytes() ?? 0));
        }
    }

    private bool IsOverMemory(TreeUse use)
    {
        // Shared pages counted in every process make the first sum too large for programs that fork; asking exactly costs more.
        if (use.ResidentBytes <= _limits.MemoryBytes)
        {
            return false;
        }

        long bytes = _processes?.MeasureSharedOnce() ?? use.ResidentBytes;
        _processPeak = Math.Max(_processPeak, bytes);
        return bytes > _limits.MemoryBytes;
    }
}
