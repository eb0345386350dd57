using System.Collections.Concurrent;
using CodeExec.Contracts.Time;
using CodeExec.Engine.Embedded.Timers;

namespace CodeExec.Engine.Embedded.Tests.Timers;

public sealed class TimerQueueTests : IDisposable
{
    private readonly ManualTimeProvider _clock = new();
    private readonly TimerQueue _timers;
    private readonly BlockingCollection<string> _fired = [];

    public TimerQueueTests() => _timers = new TimerQueue(_clock);

    public void Dispose()
    {
        _timers.Dispose();
        _fired.Dispose();
    }

    [Fact]
    public void Add_SeveralTimes_EachFiresAtItsOwn()
    {
        Add("late", TimeSpan.FromHours(2));
        Add("early", TimeSpan.FromMinutes(1));
        Add("past", TimeSpan.FromMinutes(-1));
        _clock.Advance(TimeSpan.Zero);
        string first = Next();
        _clock.Advance(TimeSpan.FromMinutes(1));
        string second = Next();
        _clock.Advance(TimeSpan.FromHours(2) - TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1));
        int before = _fired.Count;
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(("past", "early", 0, "late"), (first, second, before, Next()));
    }

    [Fact]
    public void Add_CalledOff_NeverFiresAndTheClockIsLeftAlone()
    {
        IDisposable first = Add("first", TimeSpan.FromMinutes(1));
        IDisposable second = Add("second", TimeSpan.FromMinutes(2));
        first.Dispose();
        second.Dispose();

        Assert.Equal(0, _clock.PendingTimers);
        _clock.Advance(TimeSpan.FromHours(1));
        Add("third", TimeSpan.Zero);
        _clock.Advance(TimeSpan.Zero);
        Assert.Equal("third", Next());
    }

    [Fact]
    public void Add_WallClockIsSetForward_FiresWithinTenMinutes()
    {
        Add("tomorrow", TimeSpan.FromDays(1));
        _clock.SetUtcNow(_clock.GetUtcNow().AddDays(1));
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal("tomorrow", Next());
    }

    [Fact]
    public void Add_WallClockIsSetBack_DoesNotFireBeforeItsTime()
    {
        Add("soon", TimeSpan.FromMinutes(5));
        _clock.SetUtcNow(_clock.GetUtcNow().AddHours(-1));
        _clock.Advance(TimeSpan.FromMinutes(64));
        int before = _fired.Count;
        _clock.Advance(TimeSpan.FromMinutes(10));

        Assert.Equal((0, "soon"), (before, Next()));
    }

    private IDisposable Add(string name, TimeSpan after) => _timers.Add(_clock.GetUtcNow() + after, () => _fired.Add(name));

    private string Next() => _fired.TryTake(out string? name, TimeSpan.FromSeconds(60)) ? name : throw new TimeoutException("Nothing fired.");
}
