using System.Globalization;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

/// <summary>The cgroups of one cell: one folder in v2, one folder a controller in v1. Made before the cell, removed after it.</summary>
internal sealed class CellCgroup(CgroupLayout layout, string name)
{
    public string Name { get; } = name;

    /// <summary>The files to which a process writes "0" to move itself in.</summary>
    public IReadOnlyList<string> JoinFiles { get; } = [.. layout.Folders(name).Select(folder => Path.Combine(folder, "cgroup.procs"))];

    /// <summary>What the runner reads its figures from, in the order of the places in <see cref="RunnerOption"/>.</summary>
    public IReadOnlyList<string> CounterFiles { get; } = layout.CounterFiles(name);

    /// <summary>The runner's option that names its counters, with a place for each descriptor.</summary>
    public string RunnerOption { get; } = layout.RunnerOption;

    public void Create()
    {
        foreach (string folder in layout.Folders(Name))
        {
            Directory.CreateDirectory(folder);
        }
    }

    public void Apply(ContainerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        foreach ((string file, string value) in layout.Settings(Name, limits))
        {
            File.WriteAllText(file, value);
        }
    }

    /// <summary>How often the kernel has ended a process in here for want of memory.</summary>
    public long OutOfMemoryKills()
    {
        foreach (string line in File.ReadLines(layout.OutOfMemoryFile(Name)))
        {
            if (line.StartsWith("oom_kill ", StringComparison.Ordinal))
            {
                return long.Parse(line["oom_kill ".Length..], CultureInfo.InvariantCulture);
            }
        }

        return 0;
    }

    /// <summary>Ends every process in here.</summary>
    public void KillAll(Action<int> kill)
    {
        foreach (int pid in layout.Processes(Name))
        {
            kill(pid);
        }
    }

    public bool IsEmpty() => layout.Processes(Name).Count == 0;

    /// <summary>Removes the folders.</summary>
    /// <returns>False while a process is still in there.</returns>
    public bool TryRemove()
    {
        foreach (string folder in layout.Folders(Name))
        {
            try
            {
                Directory.Delete(folder);
            }
            catch (DirectoryNotFoundException)
            {
                // Removed by an earlier try.
            }
            catch (IOException)
            {
                return false; // EBUSY: the kernel has not let go of its processes yet
            }
        }

        return true;
    }
}
