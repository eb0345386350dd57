namespace CodeExec.Core.Grading.Running;

/// <summary>Whether one more lane would end the tests sooner, by what they took so far.</summary>
internal sealed class LaneGain(GradedWork work)
{
    private const int FewestTests = 2;

    /// <summary>Making a container and sending the program into it, with something to spare.</summary>
    private static readonly TimeSpan Price = TimeSpan.FromMilliseconds(40);

    private static readonly TimeSpan DearPrice = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private TimeSpan _taken;
    private int _ended;
    private long? _begun;

    public void Began()
    {
        lock (_gate)
        {
            _begun ??= work.Clock.GetTimestamp();
        }
    }

    public void Ended(TestResult result)
    {
        lock (_gate)
        {
            _taken += TimeSpan.FromMilliseconds(result.WallMs);
            _ended++;
        }
    }

    /// <param name="waiting">Tests that nobody has begun.</param>
    public bool IsWorthALane(int waiting)
    {
        if (waiting < FewestTests)
        {
            return false;
        }

        TimeSpan each;
        lock (_gate)
        {
            // Until the first has ended it takes at least as long as it has taken.
            each = _ended > 0 ? _taken / _ended : _begun is { } begun ? work.Clock.GetElapsedTime(begun) : TimeSpan.Zero;
        }

        return each > TimeSpan.Zero && (work.IsOneByOne || each * waiting / 2 > (work.Provider.MakingIsDear ? DearPrice : Price));
    }
}
