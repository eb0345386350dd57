using CodeExec.Runner.Limits;

namespace CodeExec.Runner.Tests.Limits;

/// <summary>A folder that looks like a container's view of its own cgroup (v2).</summary>
internal sealed class TemporaryCgroup : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("codeexec-cgroup-").FullName;

    public TemporaryCgroup(string memoryLimit)
    {
        Write("cgroup.controllers", "cpu memory pids\n");
        Write("memory.max", memoryLimit);
        Write("memory.peak", "99\n");
        Write("memory.current", "55\n");
        Write("memory.stat", "anon 1\nfile 9000\nshmem 2000\ninactive_anon 3\nactive_anon 4\ninactive_file 6000\nactive_file 1000\nunevictable 0\n");
        Write("memory.events", "oom_kill 4\n");
        Write("cpu.stat", "usage_usec 2500\n");
        Write("pids.events", "max 0\n");
        Write("pids.max", "72\n");
    }

    public CgroupDescriptors OpenMounted() => CgroupDescriptors.OpenMounted(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string name, string content) => File.WriteAllText(Path.Combine(_folder, name), content);
}
