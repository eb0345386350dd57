using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Containers.Cells.Launching;
using CodeExec.Linux;
using Microsoft.Extensions.Logging;

namespace CodeExec.Containers.Cells;

/// <summary>Ends what is in a cell and takes its cgroups away. Returns when nothing of it is left.</summary>
internal sealed class CellRemover(TimeProvider clock, ILogger<CellRemover> logger)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task RemoveAsync(JailProcess process, CellCgroup? cgroup)
    {
        process.Kill();
        await Task.Run(process.Reap);
        await process.DisposeAsync();
        if (cgroup is not null)
        {
            await RemoveAsync(cgroup);
        }
    }

    public async Task RemoveAsync(CellCgroup cgroup)
    {
        long begun = clock.GetTimestamp();
        TimeSpan pause = TimeSpan.FromMilliseconds(2);
        while (!TryRemove(cgroup))
        {
            if (clock.GetElapsedTime(begun) > Patience)
            {
                logger.CgroupStays(cgroup.Name);
                return;
            }

            // The kernel takes a moment to let go of ended processes.
            await Task.Delay(pause, clock);
            pause = TimeSpan.FromMilliseconds(Math.Min(100, pause.TotalMilliseconds * 2));
        }
    }

    private static bool TryRemove(CellCgroup cgroup)
    {
        cgroup.KillAll(pid => Signals.Send(pid, SignalNumber.Kill));
        return cgroup.IsEmpty() && cgroup.TryRemove();
    }
}
