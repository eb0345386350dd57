using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Containers.Pool;

/// <summary>
/// Keeps containers ready for the kinds that are asked for, one pool for all providers. A request takes a ready one and pays
/// nothing for its making; another is made while nobody waits. Beyond the ready ones a burst gets containers made on the spot, up
/// to the limit of <see cref="RunSlots"/>.
/// </summary>
public sealed class ContainerPool(IOptions<ContainerPoolOptions> options, TimeProvider clock, ILogger<ContainerPool> logger) : IAsyncDisposable
{
    /// <summary>What a small program takes.</summary>
    private static readonly TimeSpan Breath = TimeSpan.FromMilliseconds(50);

    /// <summary>After one could not be made, unless its provider says how long.</summary>
    private static readonly TimeSpan UsualRest = TimeSpan.FromSeconds(5);

    /// <summary>One of so many places is never taken by the lowest priority.</summary>
    private const int KeptPart = 4;

    /// <summary>So many ready containers of a kind are left to others by the lowest priority.</summary>
    private const int KeptReady = 2;

    private readonly ContainerPoolOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly Dictionary<(string Provider, ContainerSpec Spec), Shelf> _shelves = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _making = new(Math.Max(1, Environment.ProcessorCount));
    private readonly HashSet<Task> _inTheMaking = [];
    private long _found;
    private long _missed;

    public RunSlots Slots { get; } = new(options.Value.MaxRunning, kept: options.Value.MaxRunning / KeptPart);

    /// <summary>Takes a ready container of this kind, or makes one. The caller disposes it.</summary>
    /// <param name="priority">The lowest leaves some of the ready ones to others, and has its own made.</param>
    public async Task<IContainer> TakeAsync(IContainerProvider provider, ContainerSpec spec, int priority, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Shelf? shelf = null;
        IContainer? ready;
        lock (_gate)
        {
            shelf = FindShelf(provider, spec);
            ready = priority <= RunSlots.LowestPriority && shelf?.Ready.Count <= KeptReady ? null : shelf?.TakeReady();
            shelf?.Demand.Took(ready is not null, _options.Budget);
        }

        _ = ready is null ? Interlocked.Increment(ref _missed) : Interlocked.Increment(ref _found);
        if (shelf is not null)
        {
            Refill(shelf);
        }

        return ready ?? await provider.CreateAsync(spec, cancellationToken);
    }

    /// <summary>Begins to keep this kind ready, ahead of the first request.</summary>
    public void WarmUp(IContainerProvider provider, ContainerSpec spec, int count)
    {
        ArgumentNullException.ThrowIfNull(provider);
        Shelf? shelf;
        lock (_gate)
        {
            shelf = FindShelf(provider, spec);
            for (int i = 1; shelf is not null && i < count; i++)
            {
                shelf.Demand.Took(foundReady: false, Math.Min(count, _options.Budget));
            }
        }

        if (shelf is not null)
        {
            Refill(shelf);
        }
    }

    /// <summary>Lets go of what is no longer asked for. Called now and then by the host.</summary>
    public async Task TrimAsync()
    {
        List<IContainer> surplus = [];
        lock (_gate)
        {
            foreach (((string, ContainerSpec) key, Shelf shelf) in _shelves.ToList())
            {
                bool forget = shelf.Demand.Shrink();
                surplus.AddRange(shelf.TakeDead());
                while (shelf.Ready.Count > (forget ? 0 : shelf.Demand.Target))
                {
                    surplus.Add(shelf.Ready.Dequeue());
                }

                if (forget)
                {
                    _shelves.Remove(key);
                }
            }
        }

        await Task.WhenAll(surplus.Select(container => container.DisposeAsync().AsTask()));
        List<Shelf> shelves;
        lock (_gate)
        {
            shelves = [.. _shelves.Values];
        }

        shelves.ForEach(Refill);
    }

    public PoolStats GetStats()
    {
        lock (_gate)
        {
            return new PoolStats(
                Slots.Running,
                Slots.Waiting,
                _options.MaxRunning,
                _shelves.Values.Sum(s => s.Ready.Count),
                _shelves.Values.Sum(s => s.Making),
                Interlocked.Read(ref _found),
                Interlocked.Read(ref _missed),
                _shelves.Values.GroupBy(s => s.Spec.Language).ToDictionary(g => g.Key, g => g.Sum(s => s.Ready.Count)));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        List<IContainer> left;
        List<Task> inTheMaking;
        lock (_gate)
        {
            left = [.. _shelves.Values.SelectMany(s => s.Ready)];
            inTheMaking = [.. _inTheMaking];
            _shelves.Clear();
        }

        await Task.WhenAll([.. inTheMaking, .. left.Select(container => container.DisposeAsync().AsTask())]);
    }

    // So that a stop can wait for it: what is begun is also ended.
    private void Track(Task work)
    {
        lock (_gate)
        {
            _inTheMaking.Add(work);
        }

        _ = work.ContinueWith(
            done =>
            {
                lock (_gate)
                {
                    _inTheMaking.Remove(done);
                }
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }

    // A kind is pooled where that pays: not with a network of its own (each is made with its address), and not without a budget.
    private Shelf? FindShelf(IContainerProvider provider, ContainerSpec spec)
    {
        if (_options.Budget == 0 || spec.Network != Executions.NetworkAccess.None || _closing.IsCancellationRequested)
        {
            return null;
        }

        if (!_shelves.TryGetValue((provider.Name, spec), out Shelf? shelf))
        {
            shelf = new Shelf(provider, spec, new Demand(clock, _options.IdleAfter));
            _shelves.Add((provider.Name, spec), shelf);
        }

        return shelf;
    }

    private void Refill(Shelf shelf)
    {
        while (true)
        {
            bool later;
            lock (_gate)
            {
                int all = _shelves.Values.Sum(s => s.Ready.Count + s.Making);
                bool wanted = shelf.Ready.Count + shelf.Making < shelf.Demand.Target;
                if (!wanted || _closing.IsCancellationRequested || clock.GetUtcNow() < shelf.NotBefore)
                {
                    return;
                }

                if (all >= _options.Budget && !MakeRoom(shelf))
                {
                    return;
                }

                shelf.Making++;
                later = shelf.CanWait;
            }

            Track(Task.Run(() => MakeAsync(shelf, later)));
        }
    }

    // Takes room from the kind that has not been asked for the longest; the container it gives up is disposed in the background.
    private bool MakeRoom(Shelf wanting)
    {
        Shelf? donor = _shelves.Values.Where(s => s != wanting && s.Ready.Count > 0).OrderByDescending(s => s.Ready.Count).FirstOrDefault();
        if (donor is null || donor.Ready.Count <= wanting.Ready.Count + wanting.Making)
        {
            return false;
        }

        IContainer given = donor.Ready.Dequeue();
        donor.Demand.Shrink();
        Track(Task.Run(async () => await given.DisposeAsync()));
        return true;
    }

    private async Task MakeAsync(Shelf shelf, bool later)
    {
        IContainer? made = null;
        try
        {
            if (later)
            {
                await Task.Delay(Breath, clock, _closing.Token);
            }

            await _making.WaitAsync(_closing.Token);
            try
            {
                made = await shelf.Provider.CreateAsync(shelf.Spec, _closing.Token);
            }
            finally
            {
                _making.Release();
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
            // The host stops; nothing was made.
        }
        catch (ContainerUnavailableException e)
        {
            logger.CouldNotMakeReady(shelf.Spec.Language, e.Message);
            Rest(shelf, e.RetryAfter);
        }
#pragma warning disable CA1031 // whatever a provider throws: the next one may be made again
        catch (Exception e)
#pragma warning restore CA1031
        {
            logger.MakingFailed(shelf.Spec.Language, e);
            Rest(shelf, null);
        }

        bool kept = false;
        lock (_gate)
        {
            shelf.Making--;
            if (made is not null && !_closing.IsCancellationRequested && _shelves.ContainsValue(shelf))
            {
                shelf.Ready.Enqueue(made);
                kept = true;
            }
        }

        if (made is not null && !kept)
        {
            await made.DisposeAsync();
        }
    }

    private void Rest(Shelf shelf, TimeSpan? time)
    {
        lock (_gate)
        {
            shelf.NotBefore = clock.GetUtcNow() + (time ?? UsualRest);
        }
    }
}
