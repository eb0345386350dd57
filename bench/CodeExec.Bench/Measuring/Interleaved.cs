namespace CodeExec.Bench.Measuring;

/// <summary>
/// Two things measured in turn, block by block, so that what the machine does meanwhile falls on both alike. The first run of a block
/// is not counted: it still has what the other side left behind (a pool that fills up, caches that are someone else's).
/// </summary>
internal static class Interleaved
{
    private const int BlockSize = 10;

    public static (Samples Server, Samples Bare) Measure(int count, Action server, Action bare, TimeProvider clock, CancellationToken cancellationToken)
    {
        Samples ofServer = new(), ofBare = new();
        while (ofServer.Count < count)
        {
            int block = Math.Min(BlockSize, count - ofServer.Count);
            MeasureBlock(block, server, ofServer, clock, cancellationToken);
            MeasureBlock(block, bare, ofBare, clock, cancellationToken);
        }
        return (ofServer, ofBare);
    }

    private static void MeasureBlock(int count, Action action, Samples samples, TimeProvider clock, CancellationToken cancellationToken)
    {
        action();
        for (int i = 0; i < count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            long start = clock.GetTimestamp();
            action();
            samples.Add(clock.GetElapsedTime(start));
        }
    }
}
