using System.Collections.Concurrent;
using System.Globalization;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

/// <summary>Empty cgroups that wait for a cell.</summary>
internal sealed class CgroupShelf : IDisposable
{
    /// <summary>More than that are removed instead of kept.</summary>
    private const int Most = 64;

    private readonly ConcurrentBag<CellCgroup> _empty = [];
    private long _last;

    /// <exception cref="ContainerUnavailableException">The kernel gave none.</exception>
    public CellCgroup? Take(CgroupLayout? layout, ContainerLimits limits)
    {
        if (layout is null)
        {
            return null;
        }

        try
        {
            if (!_empty.TryTake(out CellCgroup? cgroup))
            {
                cgroup = new CellCgroup(layout, "cell-" + Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture));
                cgroup.Create();
            }

            cgroup.Begin(limits);
            return cgroup;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ContainerUnavailableException($"A cgroup could not be made: {e.Message}", e);
        }
    }

    /// <summary>Takes back one with no process in it.</summary>
    public void Return(CellCgroup cgroup)
    {
        if (_empty.Count < Most)
        {
            _empty.Add(cgroup);
        }
        else
        {
            cgroup.TryRemove();
        }
    }

    public void Dispose()
    {
        while (_empty.TryTake(out CellCgroup? cgroup))
        {
            cgroup.TryRemove();
        }
    }
}
