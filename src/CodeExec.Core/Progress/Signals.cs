using System.Runtime.InteropServices;

namespace CodeExec.Core.Progress;

/// <summary>
/// Wakes those in this process who watch something. Carries no data: who is woken reads anew. A wake-up may be spurious, none is lost
/// when the watcher takes <see cref="SignalWatch{TKey}.Next"/> before it reads. Nothing is kept of what nobody watches.
/// </summary>
public sealed class Signals<TKey>
    where TKey : notnull
{
    private readonly Dictionary<TKey, Watched> _watched = [];
    private readonly Lock _gate = new();

    /// <summary>How much is watched now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _watched.Count;
            }
        }
    }

    public SignalWatch<TKey> Watch(TKey key)
    {
        lock (_gate)
        {
            ref Watched? watched = ref CollectionsMarshal.GetValueRefOrAddDefault(_watched, key, out _);
            watched ??= new Watched();
            watched.Watchers++;
            return new SignalWatch<TKey>(this, key);
        }
    }

    public void Notify(TKey key)
    {
        TaskCompletionSource? woken = null;
        lock (_gate)
        {
            if (_watched.TryGetValue(key, out Watched? watched))
            {
                woken = watched.Next;
                watched.Next = null;
            }
        }

        woken?.TrySetResult();
    }

    internal Task NextOf(TKey key)
    {
        lock (_gate)
        {
            return (_watched[key].Next ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }
    }

    internal void Leave(TKey key)
    {
        lock (_gate)
        {
            if (--_watched[key].Watchers == 0)
            {
                _watched.Remove(key);
            }
        }
    }

    private sealed class Watched
    {
        public int Watchers { get; set; }

        public TaskCompletionSource? Next { get; set; }
    }
}
