using System.Buffers.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Limits;

/// <summary>What the kernel has counted for the container's cgroup, read from the descriptors the host handed in.</summary>
internal sealed class CgroupCounters(CgroupDescriptors descriptors) : IDisposable
{
    private readonly CgroupFile _peak = new(descriptors.MemoryPeak);
    private readonly CgroupFile _usage = new(descriptors.MemoryUsage);
    private readonly CgroupFile _stat = new(descriptors.MemoryStat);
    private readonly CgroupFile _oom = new(descriptors.OomKills);
    private readonly CgroupFile _cpu = new(descriptors.CpuUsage);
    private readonly CgroupFile _processes = new(descriptors.ProcessEvents);
    private readonly CgroupFile _memoryLimit = new(descriptors.MemoryLimit);
    private readonly CgroupFile _processLimit = new(descriptors.ProcessLimit);
    private readonly CgroupFile _cpuQuota = new(descriptors.CpuQuota);
    private long? _containersQuota;
    private bool _quotaIsNarrower;

    public bool KnowsUsage => _usage.IsOpen;

    public bool KnowsOom => _oom.IsOpen;

    public bool KnowsCpu => _cpu.IsOpen;

    public bool KnowsProcesses => _processes.IsOpen;

    public long OomKills() => _oom.ReadField("oom_kill"u8);

    /// <summary>How often a fork failed for the limit.</summary>
    public long RefusedForks() => _processes.ReadField("max"u8);

    public TimeSpan Cpu() => descriptors.Version == 1
        ? new TimeSpan(_cpu.ReadNumber() / TimeSpan.NanosecondsPerTick)
        : TimeSpan.FromMicroseconds(_cpu.ReadField("usage_usec"u8));

    /// <summary>
    /// Sets the memory limit of the case that begins. It is the whole cgroup's, so this process comes on top. Where the file is not ours
    /// to write, the container's own limit does, if it is not much wider.
    /// </summary>
    /// <returns>Whether the kernel now holds the case to it.</returns>
    public bool HoldsMemoryTo(long bytes)
    {
        const long OwnMemory = 6L << 20;
        const long ContainersOwn = 16L << 20;
        return _memoryLimit.TryWriteNumber(bytes + OwnMemory) || !_memoryLimit.IsOpen || _memoryLimit.ReadLimit() <= bytes + ContainersOwn;
    }

    /// <inheritdoc cref="HoldsMemoryTo"/>
    public bool HoldsProcessesTo(int processes)
    {
        const int OwnThreads = 4;
        const int ContainersOwn = 8;
        return _processLimit.TryWriteNumber(processes + OwnThreads) || !_processLimit.IsOpen || _processLimit.ReadLimit() <= processes + ContainersOwn;
    }

    /// <summary>
    /// Sets how many processors the case may use at a time; null for all of the container's. This process, if it is inside, shares them with
    /// the program for so long. Where the file is not ours to write, whoever made the container sees to it, or says that nobody does.
    /// </summary>
    public void HoldCpusTo(double? cpus)
    {
        const long Period = 100_000; // microseconds: the kernel's own, which nobody changes
        if (!_cpuQuota.IsOpen || (cpus is null && !_quotaIsNarrower))
        {
            return;
        }

        long whole = _containersQuota ??= _cpuQuota.ReadLimit();
        long wanted = cpus is { } part ? (long)(part * Period) : long.MaxValue;
        _quotaIsNarrower = cpus is not null && _cpuQuota.TryWriteNumber(whole > 0 ? Math.Min(wanted, whole) : wanted);
        if (cpus is null)
        {
            _cpuQuota.TryWriteNumber(whole);
        }
    }

    /// <summary>Begins a new peak. False where the kernel can not (cgroup v2 before Linux 6.12).</summary>
    public bool TryResetPeak() => _peak.TryWriteNumber(0);

    public long PeakBytes() => _peak.ReadNumber();

    public long UsedBytes() => _usage.ReadNumber();

    /// <summary>
    /// Contents of files that the kernel keeps since somebody in here was the first to read them: of the compiler and its headers,
    /// of an interpreter. What is written in the workspace is not among them.
    /// </summary>
    public long CachedBytes() => _stat.ReadField("inactive_file"u8) + _stat.ReadField("active_file"u8);

    public void Dispose()
    {
        foreach (CgroupFile file in (ReadOnlySpan<CgroupFile>)[_peak, _usage, _stat, _oom, _cpu, _processes, _memoryLimit, _processLimit, _cpuQuota])
        {
            file.Close();
        }
    }

    private readonly struct CgroupFile(int number)
    {
        private const int LongestFile = 4096; // memory.stat

        private readonly FileDescriptor? _file = number < 0 ? null : new FileDescriptor(number);

        public bool IsOpen => _file is not null;

        public void Close() => _file?.Dispose();

        public long ReadNumber() => Parse(Read(stackalloc byte[64]));

        /// <summary>"max" where there is none.</summary>
        public long ReadLimit() => Utf8Parser.TryParse(Read(stackalloc byte[64]), out long number, out _) ? number : long.MaxValue;

        public long ReadField(ReadOnlySpan<byte> name)
        {
            ReadOnlySpan<byte> text = Read(stackalloc byte[LongestFile]);
            foreach (Range line in text.Split((byte)'\n'))
            {
                ReadOnlySpan<byte> found = text[line];
                if (found.StartsWith(name) && found.Length > name.Length && found[name.Length] == (byte)' ')
                {
                    return Parse(found[(name.Length + 1)..]);
                }
            }

            return 0;
        }

        /// <summary>False where the file is read-only or the kernel refuses the value: the caller does without.</summary>
        public bool TryWriteNumber(long value)
        {
            Span<byte> text = stackalloc byte[20];
            try
            {
                return _file is { } file && Utf8Formatter.TryFormat(value, text, out int length) && file.WriteAt(text[..length], 0) > 0;
            }
            catch (LinuxException)
            {
                return false;
            }
        }

        private ReadOnlySpan<byte> Read(Span<byte> buffer) => buffer[..(_file?.ReadAt(buffer, 0) ?? 0)];

        private static long Parse(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out _) ? number : 0;
    }
}
