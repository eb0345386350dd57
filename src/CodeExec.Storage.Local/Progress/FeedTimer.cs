namespace CodeExec.Storage.Local.Progress;

/// <summary>Fires once, so much later than the first entry that set it; the next one sets it anew.</summary>
internal sealed class FeedTimer : IDisposable
{
    /// <summary>So much may be lost when the process is killed.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromMilliseconds(100);

    private readonly ITimer _timer;
    private int _isSet;

    public FeedTimer(TimeProvider clock, Action onAge)
        => _timer = clock.CreateTimer(
            _ =>
            {
                Volatile.Write(ref _isSet, 0); // before the work: what comes during it is not part of it
                onAge();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);

    public void Set()
    {
        if (Interlocked.Exchange(ref _isSet, 1) == 0)
        {
            _timer.Change(Age, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose() => _timer.Dispose();
}
