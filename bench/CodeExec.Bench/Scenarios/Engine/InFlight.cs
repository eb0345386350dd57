namespace CodeExec.Bench.Scenarios.Engine;

/// <summary>Many asynchronous things of which a given number is always under way.</summary>
internal static class InFlight
{
    /// <returns>How many ended per second, a tenth of them as warm-up left out.</returns>
    public static async Task<double> PerSecondAsync(int inFlight, int count, Func<int, Task> runOne, TimeProvider clock, CancellationToken cancellationToken)
    {
        await RunAsync(inFlight, 0, count / 10, runOne, cancellationToken);
        long start = clock.GetTimestamp();
        await RunAsync(inFlight, count / 10, count, runOne, cancellationToken);
        return count / clock.GetElapsedTime(start).TotalSeconds;
    }

    private static Task RunAsync(int inFlight, int first, int count, Func<int, Task> runOne, CancellationToken cancellationToken)
    {
        int started = 0;
        return Task.WhenAll(Enumerable.Range(0, inFlight).Select(_ => Task.Run(WorkAsync, cancellationToken)));

        async Task WorkAsync()
        {
            int mine;
            while ((mine = Interlocked.Increment(ref started)) <= count)
            {
                await runOne(first + mine);
            }
        }
    }
}
