namespace CodeExec.Core.Progress;

/// <summary>One watcher's hold on a signal, until it is disposed of.</summary>
public sealed class SignalWatch<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Signals<TKey> _signals;
    private readonly TKey _key;
    private bool _left;

    internal SignalWatch(Signals<TKey> signals, TKey key) => (_signals, _key) = (signals, key);

    /// <summary>A task that ends at the next notice. Take it, then read, then await it.</summary>
    public Task Next()
    {
        ObjectDisposedException.ThrowIf(_left, this);
        return _signals.NextOf(_key);
    }

    public void Dispose()
    {
        if (!_left)
        {
            _left = true;
            _signals.Leave(_key);
        }
    }
}
