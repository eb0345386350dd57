using System.Globalization;
using CodeExec.Core.Containers;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells.Cgroups;

/// <summary>
/// The cgroups of one cell: one folder in v2, one folder a controller in v1. When its cell is gone it serves the next, with its files
/// open: making and removing cgroups costs the kernel more than all else of a cell. Its counters only ever grow; who reads them
/// compares with what they were when the cell began.
/// </summary>
internal sealed class CellCgroup(CgroupLayout layout, string name) : IDisposable
{
    private IReadOnlyList<FileDescriptor>? _joins;
    private IReadOnlyList<FileDescriptor>? _counters;
    private readonly Dictionary<string, string> _written = [];
    private ContainerLimits? _applied;
    private long _killsBefore;

    public string Name { get; } = name;

    /// <summary>The files to which a process writes "0" to move itself in.</summary>
    public IReadOnlyList<string> JoinFiles { get; } = [.. layout.Folders(name).Select(folder => Path.Combine(folder, "cgroup.procs"))];

    /// <summary>What the runner reads its figures from, in the order of the places in <see cref="RunnerOption"/>.</summary>
    public IReadOnlyList<string> CounterFiles { get; } = layout.HasQuota ? [.. layout.CounterFiles(name), layout.QuotaFile(name)] : layout.CounterFiles(name);

    /// <summary>The runner's option that names its counters, with a place for each descriptor.</summary>
    public string RunnerOption { get; } = layout.HasQuota ? layout.RunnerOption + ",cpu_quota=%d" : layout.RunnerOption;

    /// <summary>Whether the kernel holds programs in here to a part of the processors.</summary>
    public bool HoldsCpus => layout.HasQuota;

    /// <summary>The join files, open; they stay this object's.</summary>
    public IReadOnlyList<FileDescriptor> Joins => _joins ??= [.. JoinFiles.Select(file => FileDescriptors.Open(file, FileAccess.Write))];

    /// <summary>The counters, open; they stay this object's.</summary>
    public IReadOnlyList<FileDescriptor> Counters => _counters ??= [.. CounterFiles.Select(FileDescriptors.OpenCounter)];

    public void Create()
    {
        foreach (string folder in layout.Folders(Name))
        {
            Directory.CreateDirectory(folder);
        }
    }

    /// <summary>A cell begins in here.</summary>
    public void Begin(ContainerLimits limits)
    {
        // The runner has set limits of its own for the last cell's cases.
        _applied = null;
        foreach (string file in CounterFiles)
        {
            _written.Remove(file);
        }

        Apply(limits);
        _killsBefore = ReadKills();
    }

    public void Apply(ContainerLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        if (limits == _applied)
        {
            return;
        }

        foreach ((string file, string value) in Changes(limits))
        {
            File.WriteAllText(file, value);
            _written[file] = value;
        }

        _applied = limits;
    }

    // Of the settings, in their order, those of files that come to another value: the kernel takes its time for each.
    private IEnumerable<(string File, string Value)> Changes(ContainerLimits limits)
    {
        (string File, string Value)[] all = [.. layout.Settings(Name, limits)];
        HashSet<string> changed = [.. all.GroupBy(setting => setting.File).Where(file => _written.GetValueOrDefault(file.Key) != file.Last().Value).Select(file => file.Key)];
        return all.Where(setting => changed.Contains(setting.File));
    }

    /// <summary>How often the kernel has ended a process of this cell for want of memory.</summary>
    public long OutOfMemoryKills() => ReadKills() - _killsBefore;

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
        Dispose();
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

    public void Dispose()
    {
        foreach (FileDescriptor file in (_joins ?? []).Concat(_counters ?? []))
        {
            file.Dispose();
        }

        _joins = null;
        _counters = null;
    }

    private long ReadKills()
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
}
