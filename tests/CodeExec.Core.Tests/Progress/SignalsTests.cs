using CodeExec.Core.Progress;

namespace CodeExec.Core.Tests.Progress;

public sealed class SignalsTests
{
    private readonly Signals<string> _signals = new();

    [Fact]
    public async Task Notify_AfterNextWasTaken_WakesEveryWatcher()
    {
        using SignalWatch<string> one = _signals.Watch("a");
        using SignalWatch<string> other = _signals.Watch("a");
        Task[] taken = [one.Next(), other.Next()];

        _signals.Notify("a");

        await Task.WhenAll(taken);
    }

    [Fact]
    public void Notify_AnotherKeyOrBeforeNextWasTaken_WakesNobody()
    {
        using SignalWatch<string> watch = _signals.Watch("a");
        _signals.Notify("a");

        Task next = watch.Next();
        _signals.Notify("b");

        Assert.False(next.IsCompleted);
    }

    [Fact]
    public void Dispose_OfTheLastWatcher_LeavesNothingBehind()
    {
        SignalWatch<string> one = _signals.Watch("a");
        SignalWatch<string> other = _signals.Watch("a");
        _ = one.Next();

        one.Dispose();
        one.Dispose();
        Assert.Equal(1, _signals.Count);

        _signals.Notify("a");
        _ = other.Next();
        other.Dispose();

        Assert.Equal(0, _signals.Count);
        Action again = () => _ = other.Next();
        Assert.Throws<ObjectDisposedException>(again);
    }

    [Fact]
    public async Task Watch_ComesAndGoesFromManyThreads_LosesNoNotice()
    {
        const int Times = 2000;
        int told = 0;
        Task watching = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref told) < Times)
            {
                using SignalWatch<string> watch = _signals.Watch("a");
                Task next = watch.Next();
                if (Volatile.Read(ref told) < Times)
                {
                    await next;
                }
            }
        })));

        for (int i = 0; i < Times; i++)
        {
            Interlocked.Increment(ref told);
            _signals.Notify("a");
        }

        await watching;
        Assert.Equal(0, _signals.Count);
    }
}
