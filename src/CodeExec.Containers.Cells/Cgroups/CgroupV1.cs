using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

internal sealed class CgroupV1(string mount, string host) : CgroupLayout
{
    private const int UsualWeight = 100, SharesOfUsual = 1024;

    private static readonly string[] Controllers = ["memory", "cpuacct", "cpu", "pids"];

    public override string RunnerOption => "v1:mem_peak=%d,oom=%d,cpu=%d,pids_events=%d,mem_usage=%d,mem_limit=%d,pids_limit=%d,mem_stat=%d";

    public override IReadOnlyList<string> Roots => [.. Controllers.Select(controller => Path.Combine(mount, controller, Family, host))];

    // cpu and cpuacct may be one mount: then both names lead to the same folder.
    public override IReadOnlyList<string> Folders(string cell) => [.. Controllers.Select(controller => Folder(controller, cell))];

    public override IReadOnlyList<string> CounterFiles(string cell) =>
    [
        Path.Combine(Folder("memory", cell), "memory.max_usage_in_bytes"),
        Path.Combine(Folder("memory", cell), "memory.oom_control"),
        Path.Combine(Folder("cpuacct", cell), "cpuacct.usage"),
        Path.Combine(Folder("pids", cell), "pids.events"),
        Path.Combine(Folder("memory", cell), "memory.usage_in_bytes"),
        Path.Combine(Folder("memory", cell), "memory.limit_in_bytes"),
        Path.Combine(Folder("pids", cell), "pids.max"),
        Path.Combine(Folder("memory", cell), "memory.stat"),
    ];

    public override string OutOfMemoryFile(string cell) => Path.Combine(Folder("memory", cell), "memory.oom_control");

    public override string QuotaFile(string cell) => Path.Combine(Folder("cpu", cell), "cpu.cfs_quota_us");

    public override IEnumerable<(string File, string Value)> Settings(string cell, ContainerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        string memory = Folder("memory", cell);
        string withSwap = Path.Combine(memory, "memory.memsw.limit_in_bytes");
        if (File.Exists(withSwap))
        {
            // The limit with swap may never be below the one without: lift it first, lower it after.
            yield return (withSwap, "-1");
        }

        yield return (Path.Combine(memory, "memory.limit_in_bytes"), Number(limits.MemoryBytes));
        if (File.Exists(withSwap))
        {
            yield return (withSwap, Number(limits.MemoryBytes));
        }

        yield return (Path.Combine(memory, "memory.swappiness"), "0");
        yield return (Path.Combine(Folder("pids", cell), "pids.max"), Number(limits.Processes));
        yield return (Path.Combine(Folder("cpu", cell), "cpu.shares"), Number(limits.CpuWeight * SharesOfUsual / UsualWeight));
        if (File.Exists(QuotaFile(cell)))
        {
            yield return (QuotaFile(cell), Microseconds(limits.Cpus));
        }
    }

    private string Folder(string controller, string cell) => Path.Combine(mount, controller, Family, host, cell);
}
