using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

/// <param name="parent">The folder that was delegated to this host, with the controllers switched on for its children.</param>
internal sealed class CgroupV2(string parent, string host) : CgroupLayout
{
    public override string RunnerOption => "v2:mem_peak=%d,oom=%d,cpu=%d,pids_events=%d,mem_usage=%d,mem_limit=%d,pids_limit=%d,mem_stat=%d";

    public override IReadOnlyList<string> Roots => [Path.Combine(parent, Family, host)];

    public override IReadOnlyList<string> Folders(string cell) => [Path.Combine(Root, cell)];

    public override IReadOnlyList<string> CounterFiles(string cell)
    {
        string folder = Path.Combine(Root, cell);
        return
        [
            Path.Combine(folder, "memory.peak"),
            Path.Combine(folder, "memory.events"),
            Path.Combine(folder, "cpu.stat"),
            Path.Combine(folder, "pids.events"),
            Path.Combine(folder, "memory.current"),
            Path.Combine(folder, "memory.max"),
            Path.Combine(folder, "pids.max"),
            Path.Combine(folder, "memory.stat"),
        ];
    }

    public override string OutOfMemoryFile(string cell) => Path.Combine(Root, cell, "memory.events");

    public override IEnumerable<(string File, string Value)> Settings(string cell, ContainerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        string folder = Path.Combine(Root, cell);
        yield return (Path.Combine(folder, "memory.max"), Number(limits.MemoryBytes));
        string swap = Path.Combine(folder, "memory.swap.max");
        if (File.Exists(swap))
        {
            yield return (swap, "0");
        }

        yield return (Path.Combine(folder, "pids.max"), Number(limits.Processes));
        yield return (QuotaFile(cell), Microseconds(limits.Cpus) + " 100000");
        yield return (Path.Combine(folder, "cpu.weight"), Number(limits.CpuWeight));
    }
}
