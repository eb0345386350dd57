namespace CodeExec.Bench.Measuring;

/// <summary>Workers that each do one thing after the other, as fast as it goes, for a time.</summary>
internal static class ClosedLoop
{
    /// <param name="workers">One action a worker, each run on a thread of its own, first once uncounted.</param>
    /// <returns>What was done per second; what had begun in time is waited for, and its time counts.</returns>
    public static double PerSecond(IReadOnlyList<Action> workers, TimeSpan duration, TimeProvider clock)
    {
        using Barrier ready = new(workers.Count + 1);
        long done = 0;
        long start = 0;
        Exception? failure = null;
        Thread[] threads = [.. workers.Select(work => new Thread(() => Loop(work), maxStackSize: 256 << 10) { IsBackground = true })];
        Array.ForEach(threads, t => t.Start());
        ready.SignalAndWait();
        Volatile.Write(ref start, clock.GetTimestamp());
        ready.SignalAndWait();
        Array.ForEach(threads, t => t.Join());
        TimeSpan taken = clock.GetElapsedTime(start);
        return failure is null ? done / taken.TotalSeconds : throw new BenchFailedException(failure.Message);

        void Loop(Action work)
        {
            bool fine = Try(work);
            ready.SignalAndWait();
            ready.SignalAndWait();
            long mine = 0;
            while (fine && clock.GetElapsedTime(Volatile.Read(ref start)) < duration && Volatile.Read(ref failure) is null)
            {
                fine = Try(work);
                mine++;
            }
            Interlocked.Add(ref done, mine);
        }

        bool Try(Action work)
        {
            try
            {
                work();
                return true;
            }
            catch (Exception e) when (e is BenchFailedException or System.Net.Sockets.SocketException)
            {
                Interlocked.CompareExchange(ref failure, e, null);
                return false;
            }
        }
    }
}
