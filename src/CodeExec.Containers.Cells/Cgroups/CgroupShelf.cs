using System.Collections.Concurrent;
using System.Globalization;
using CodeExec.Core.Containers;

namespace CodeExec.Containers.Cells.Cgroups;

/// <summary>Empty cgroups that wait for a cell: as many as the last minute's cells came near to needing.</summary>
internal sealed class CgroupShelf(TimeProvider clock) : IDisposable
{
    private const int Most = 64;

    /// <summary>Fewer than that are kept in any case.</summary>
    private const int Enough = 8;

    private static readonly TimeSpan Long = TimeSpan.FromMinutes(1);

    private readonly ConcurrentBag<CellCgroup> _empty = [];
    private long _last;
    private long _lastShort = clock.GetTimestamp();

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

            if (_empty.Count < Enough)
            {
                Volatile.Write(ref _lastShort, clock.GetTimestamp());
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
    /// <returns>False if there are enough: the caller removes it.</returns>
    public bool TryKeep(CellCgroup cgroup)
    {
        int waiting = _empty.Count;
        if (waiting >= Most || (waiting >= Enough && clock.GetElapsedTime(Volatile.Read(ref _lastShort)) > Long))
        {
            return false;
        }

        _empty.Add(cgroup);
        return true;
    }

    public void Dispose()
    {
        while (_empty.TryTake(out CellCgroup? cgroup))
        {
            cgroup.TryRemove();
        }
    }
}
