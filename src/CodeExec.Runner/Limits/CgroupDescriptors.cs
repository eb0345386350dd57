using CodeExec.Linux;

namespace CodeExec.Runner.Limits;

/// <summary>Files of the container's cgroup that the host opened and handed in; -1 where it has none.</summary>
internal sealed record CgroupDescriptors(int Version)
{
    public int MemoryPeak { get; private set; } = -1;

    public int MemoryUsage { get; private set; } = -1;

    public int MemoryStat { get; private set; } = -1;

    public int OomKills { get; private set; } = -1;

    public int CpuUsage { get; private set; } = -1;

    public int ProcessEvents { get; private set; } = -1;

    /// <summary>Written, so that each step and case has its own limit within the container's.</summary>
    public int MemoryLimit { get; private set; } = -1;

    public int ProcessLimit { get; private set; } = -1;

    public int CpuQuota { get; private set; } = -1;

    /// <summary>
    /// v1:mem_peak=FD,oom=FD,cpu=FD,pids_events=FD,mem_usage=FD,mem_limit=FD,pids_limit=FD,mem_stat=FD,cpu_quota=FD, or v2:… the same; each may be left out. Or
    /// "mounted": nobody hands them in, the container sees its own cgroup where Docker mounts it.
    /// </summary>
    public static CgroupDescriptors Parse(string text)
    {
        if (text == "mounted")
        {
            return OpenMounted("/sys/fs/cgroup");
        }

        CgroupDescriptors descriptors = new(text.Split(':')[0] switch
        {
            "v1" => 1,
            "v2" => 2,
            _ => throw new OptionsException("--cgroup begins with v1: or v2:."),
        });

        foreach (string part in text[3..].Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            string[] pair = part.Split('=');
            int descriptor = pair.Length == 2
                ? RunnerOptions.Number("--cgroup", pair[1])
                : throw new OptionsException($"--cgroup takes NAME=DESCRIPTOR, not '{part}'.");
            switch (pair[0])
            {
                case "mem_peak": descriptors.MemoryPeak = descriptor; break;
                case "mem_usage": descriptors.MemoryUsage = descriptor; break;
                case "mem_stat": descriptors.MemoryStat = descriptor; break;
                case "mem_limit": descriptors.MemoryLimit = descriptor; break;
                case "pids_limit": descriptors.ProcessLimit = descriptor; break;
                case "cpu_quota": descriptors.CpuQuota = descriptor; break;
                case "oom": descriptors.OomKills = descriptor; break;
                case "cpu": descriptors.CpuUsage = descriptor; break;
                case "pids_events": descriptors.ProcessEvents = descriptor; break;
                default: throw new OptionsException($"--cgroup knows no '{pair[0]}'.");
            }
        }

        return descriptors;
    }

    internal static CgroupDescriptors OpenMounted(string mount)
    {
        if (File.Exists($"{mount}/cgroup.controllers"))
        {
            return new CgroupDescriptors(2)
            {
                MemoryPeak = Open(mount, "memory.peak"),
                MemoryUsage = Open(mount, "memory.current"),
                MemoryStat = Open(mount, "memory.stat"),
                OomKills = Open(mount, "memory.events"),
                CpuUsage = Open(mount, "cpu.stat"),
                ProcessEvents = Open(mount, "pids.events"),
                MemoryLimit = Open(mount, "memory.max"),
                ProcessLimit = Open(mount, "pids.max"),
            };
        }

        return new CgroupDescriptors(1)
        {
            MemoryPeak = Open($"{mount}/memory", "memory.max_usage_in_bytes"),
            MemoryUsage = Open($"{mount}/memory", "memory.usage_in_bytes"),
            MemoryStat = Open($"{mount}/memory", "memory.stat"),
            OomKills = Open($"{mount}/memory", "memory.oom_control"),
            CpuUsage = Open($"{mount}/cpuacct", "cpuacct.usage"),
            ProcessEvents = Open($"{mount}/pids", "pids.events"),
            MemoryLimit = Open($"{mount}/memory", "memory.limit_in_bytes"),
            ProcessLimit = Open($"{mount}/pids", "pids.max"),
        };
    }

    private static int Open(string folder, string name)
    {
        using LinuxDirectory? directory = LinuxDirectory.TryOpen(folder);
        return directory?.TryOpen(System.Text.Encoding.ASCII.GetBytes(name), OpenFlags.ReadOnly, 0, out _)?.Detach() ?? -1;
    }
}
