using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Linux;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Cells;

/// <summary>Ends what is in a cell. Returns when no process of it is left; its empty cgroups then wait for the next.</summary>
internal sealed class CellRemover(CgroupShelf shelf, TimeProvider clock, ILogger<CellRemover> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task RemoveAsync(JailProcess process, CellCgroup? cgroup)
    {
        process.Kill();
        await Task.Run(process.Reap);
        await process.DisposeAsync();
        if (cgroup is not null)
        {
            await EmptyAsync(cgroup);
        }
    }

    /// <summary>Ends what is in there, and keeps the cgroup for another cell if one may need it.</summary>
    public async Task EmptyAsync(CellCgroup cgroup)
    {
        if (await UntilAsync(cgroup, IsEmptied) && !shelf.TryKeep(cgroup))
        {
            await RemoveAsync(cgroup);
        }
    }

    /// <summary>Ends what is in there, and removes the cgroup.</summary>
    public Task RemoveAsync(CellCgroup cgroup) => UntilAsync(cgroup, left => IsEmptied(left) && left.TryRemove());

    private async Task<bool> UntilAsync(CellCgroup cgroup, Func<CellCgroup, bool> isDone)
    {
        long begun = clock.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(2);
        while (!isDone(cgroup))
        {
            if (clock.GetElapsedTime(begun) > Patience)
            {
                logger.CgroupStays(cgroup.Name);
                return false;
            }

            // The kernel takes a moment to let go of ended processes.
            await Task.Delay(pause, clock);
            pause = TimeSpan.FromMilliseconds(Math.Min(100, pause.TotalMilliseconds * 2));
        }

        return true;
    }

    private static bool IsEmptied(CellCgroup cgroup)
    {
        bool any = false;
        cgroup.KillAll(pid => any |= Signals.Send(pid, SignalNumber.Kill));
        return !any && cgroup.IsEmpty();
    }
}
