namespace CodeExec.Core.Containers.Pool;

/// <summary>
/// How many ready containers of one kind are worth keeping. Grows at once when a request found none, up to what ran side by side,
/// and shrinks by one for each quiet period, so that a lull does not throw a busy hour's readiness away.
/// </summary>
internal sealed class Demand(TimeProvider clock, TimeSpan idleAfter)
{
    private DateTimeOffset _lastTake = clock.GetUtcNow();
    private DateTimeOffset _lastShrink = clock.GetUtcNow();

    public int Target { get; private set; } = 1;

    public void Took(bool foundReady, int budget)
    {
        _lastTake = clock.GetUtcNow();
        _lastShrink = _lastTake;
        if (!foundReady)
        {
            Target = Math.Min(Math.Max(Target + 1, Target * 2), Math.Max(1, budget));
        }
    }

    /// <returns>True if nobody has asked for this kind for so long that it should be forgotten.</returns>
    public bool Shrink()
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (Target > 1 && now - _lastShrink >= idleAfter / 5)
        {
            Target--;
            _lastShrink = now;
        }

        return now - _lastTake >= idleAfter;
    }
}
