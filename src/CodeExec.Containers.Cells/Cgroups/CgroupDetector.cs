using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

/// <summary>Finds out which cgroups this host may use, by using them.</summary>
internal static class CgroupDetector
{
    private const string Mount = "/sys/fs/cgroup";

    /// <returns>Null with the reason when there is no right to any.</returns>
    public static (CgroupLayout? Layout, string? Problem) Detect(string host)
    {
        List<string> problems = [];
        foreach (CgroupLayout layout in Candidates(host))
        {
            try
            {
                CellCgroup trial = new(layout, "trial");
                trial.Create();
                trial.Apply(new ContainerLimits(64L << 20, 16, 1));
                _ = trial.OutOfMemoryKills();
                bool counters = trial.CounterFiles.All(File.Exists);
                layout.HasQuota = File.Exists(layout.QuotaFile(trial.Name));
                _ = trial.TryRemove();
                if (counters)
                {
                    return (layout, null);
                }

                problems.Add($"{layout.Root} lacks counters");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                problems.Add($"{layout.Root}: {e.Message}");
            }
        }

        return (null, problems.Count == 0 ? $"no cgroup file system is mounted at {Mount}" : string.Join("; ", problems));
    }

    private static IEnumerable<CgroupLayout> Candidates(string host)
    {
        if (File.Exists(Path.Combine(Mount, "cgroup.controllers")))
        {
            foreach (string parent in DelegatedFolders())
            {
                SwitchOnControllers(parent, host);
                yield return new CgroupV2(parent, host);
            }
        }

        if (Directory.Exists(Path.Combine(Mount, "memory")) && Directory.Exists(Path.Combine(Mount, "pids")))
        {
            yield return new CgroupV1(Mount, host);
        }
    }

    // The root where we are root; else the folder this process was put in (systemd's Delegate=yes).
    private static IEnumerable<string> DelegatedFolders()
    {
        if (Environment.IsPrivilegedProcess)
        {
            yield return Mount;
        }

        string? own = File.ReadLines("/proc/self/cgroup").FirstOrDefault(line => line.StartsWith("0::", StringComparison.Ordinal))?[3..];
        if (own is { Length: > 1 })
        {
            yield return Mount + own;
        }
    }

    // A folder hands controllers down only if it says so, each level for the next.
    private static void SwitchOnControllers(string parent, string host)
    {
        string family = Path.Combine(parent, CgroupLayout.Family);
        foreach (string folder in new[] { parent, family, Path.Combine(family, host) })
        {
            try
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(Path.Combine(folder, "cgroup.subtree_control"), "+memory +pids +cpu");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return; // the trial that follows finds what is missing, and says it
            }
        }
    }
}
