using CodeExec.Containers.Cells.Cgroups;
using CodeExec.Linux;

namespace CodeExec.Containers.Cells;

/// <summary>
/// Removes what an earlier life of this host left. Its jails have ended with it (the kernel sees to that); cgroups and folders
/// have not. Without cgroups, processes are known by the runner's path in their command line.
/// </summary>
internal sealed class CellReaper(CellRemover remover)
{
    public async Task<int> ReapAsync(CgroupLayout? cgroups, string runtimeFolder)
    {
        int count = 0;
        foreach (string cell in cgroups?.Cells() ?? [])
        {
            count++;
            await remover.RemoveAsync(new CellCgroup(cgroups!, cell));
        }

        foreach (int pid in JailsOf(runtimeFolder))
        {
            if (Signals.Send(pid, SignalNumber.Kill))
            {
                count++;
            }
        }

        return count;
    }

    /// <summary>The folders that held the cells' own, when the host stops in order.</summary>
    public static void RemoveFolders(CgroupLayout? cgroups)
    {
        foreach (string root in cgroups?.Roots ?? [])
        {
            try
            {
                Directory.Delete(root);
            }
            catch (IOException)
            {
                // Not empty: a cell is still on its way out, and the next start takes the folder over.
            }
        }
    }

    // bubblewrap's command line names the files it mounts: ours are in the runtime folder.
    private static IEnumerable<int> JailsOf(string runtimeFolder)
    {
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out int pid) && pid != Environment.ProcessId && ReadCommandLine(folder) is { } line
                && line.StartsWith("bwrap\0", StringComparison.Ordinal) && line.Contains(runtimeFolder + "/", StringComparison.Ordinal))
            {
                yield return pid;
            }
        }
    }

    private static string? ReadCommandLine(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // ended meanwhile, or not ours
        }
    }
}
