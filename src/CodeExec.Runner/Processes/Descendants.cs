namespace CodeExec.Runner.Processes;

/// <summary>
/// Narrows a process table to what this runner has started. The mark alone would do inside a container; on a plain machine another
/// runner may use the same values, so there a process must also descend from this one, which adopts every orphan below it.
/// </summary>
internal static class Descendants
{
    public static List<ProcessStat> Of(int runner, List<ProcessStat> processes)
    {
        Dictionary<int, int> parents = new(processes.Count);
        foreach (ProcessStat process in processes)
        {
            parents[process.Pid] = process.Parent;
        }

        return processes.FindAll(process => Descends(process.Pid, runner, parents));
    }

    private static bool Descends(int pid, int ancestor, Dictionary<int, int> parents)
    {
        // Pids may be reused while /proc is read, which could even make a ring: no chain is longer than the table.
        for (int steps = 0; steps <= parents.Count && parents.TryGetValue(pid, out int parent); steps++)
        {
            if (parent == ancestor)
            {
                return true;
            }

            pid = parent;
        }

        return false;
    }
}
