using System.Collections.Concurrent;

namespace CodeExec.Api.Live.Pushed;

/// <summary>Work in the background, one piece for each key at a time, until the host ends.</summary>
internal sealed class PushesByKey<TKey> : IAsyncDisposable
    where TKey : notnull
{
    private readonly ConcurrentDictionary<TKey, Task> _pushing = [];
    private readonly CancellationTokenSource _stop = new();

    public CancellationToken Stop => _stop.Token;

    /// <summary>Begins, unless that key's work is under way.</summary>
    /// <param name="work">Ends by itself, or soon after <see cref="Stop"/>, and throws nothing.</param>
    public void Begin(TKey key, Func<Task> work)
    {
        TaskCompletionSource ended = new();
        if (_pushing.TryAdd(key, ended.Task))
        {
            _ = Task.Run(async () =>
            {
                await work();
                _pushing.TryRemove(key, out _);
                ended.SetResult();
            });
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_pushing.Values);
        _stop.Dispose();
    }
}
