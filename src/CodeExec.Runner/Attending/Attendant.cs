using CodeExec.Linux;

namespace CodeExec.Runner.Attending;

/// <summary>
/// Follows the cells that a template forks, so that none needs a runner of its own. Threads take turns: one waits for all idle cells at
/// once; when a job comes it leaves its place to the next and works on that job, so nothing is handed over on a job's way. A cell that
/// keeps its thread busy takes processor time like any process, and nothing else from the others.
/// </summary>
internal sealed class Attendant(FileDescriptor arrivals)
{
    private const int StackBytes = 512 * 1024;

    /// <summary>More threads than that wait for their turn only until they get it.</summary>
    private const int SpareThreads = 2;

    private readonly int _firstThread = Environment.CurrentManagedThreadId;
    private readonly object _turn = new();
    private readonly List<AttendedCell> _idle = [];
    private int _spare;

    /// <summary>Returns when the template has ended.</summary>
    public void Run()
    {
        while (WaitForJob() is { } cell)
        {
            new AttendedJob(cell).Run();
            if (Volatile.Read(ref _spare) >= SpareThreads && Environment.CurrentManagedThreadId != _firstThread)
            {
                return;
            }
        }

        Environment.Exit(ExitCodes.Done); // the other threads' cells are dying with the template's jail
    }

    private AttendedCell? WaitForJob()
    {
        Interlocked.Increment(ref _spare);
        lock (_turn)
        {
            AttendedCell? cell = Watch();
            if (Interlocked.Decrement(ref _spare) == 0)
            {
                new Thread(Run, StackBytes) { IsBackground = true }.Start();
            }

            return cell;
        }
    }

    private AttendedCell? Watch()
    {
        while (true)
        {
            PollEntry[] entries = [new(arrivals.Value, PollEvents.In), .. _idle.Select(cell => new PollEntry(cell.Line.Value, PollEvents.In))];
            Poll.Wait(entries, timeout: null);
            for (int i = 1; i < entries.Length; i++)
            {
                if (entries[i].Happened != PollEvents.None)
                {
                    AttendedCell cell = _idle[i - 1];
                    _idle.RemoveAt(i - 1);
                    return cell;
                }
            }

            if (entries[0].Happened != PollEvents.None)
            {
                if (AttendedCell.Receive(arrivals) is not { } arrived)
                {
                    return null;
                }

                arrived.Host.Events.Ready(warm: true);
                arrived.Host.Flush();
                _idle.Add(arrived);
            }
        }
    }
}
