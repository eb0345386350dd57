namespace CodeExec.Core.Containers.Pool;

/// <summary>The right to run: so many at once, higher priority first, else first come first served.</summary>
/// <param name="kept">Places that the lowest priority leaves free, so that whoever else comes need not wait for the end of something long.</param>
public sealed class RunSlots(int capacity, int kept = 0)
{
    /// <summary>What nobody waits for.</summary>
    public const int LowestPriority = 0;

    private readonly int _capacity = capacity;
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Turn, (int Priority, long Order)> _waiting = new();
    private int _free = capacity;
    private int _running;
    private long _order;
    private int _waitingCount;

    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>As many as one processor's share.</summary>
    public int PlacesOfAProcessor => Math.Max(1, _capacity / Environment.ProcessorCount);

    public int Waiting => Volatile.Read(ref _waitingCount);

    public Task<Slot> TakeAsync(int priority, CancellationToken cancellationToken) => TakeAsync(priority, 1, cancellationToken);

    /// <param name="width">How many places it takes: more than one for what should share its processor with less.</param>
    public async Task<Slot> TakeAsync(int priority, int width, CancellationToken cancellationToken)
    {
        int left = priority <= LowestPriority ? Math.Min(kept, _capacity - 1) : 0;
        int places = Math.Clamp(width, 1, _capacity - left);
        Turn turn = new(places, places + left);
        lock (_gate)
        {
            if (_waiting.Count == 0 && turn.Needs <= _free)
            {
                _free -= places;
                _running++;
                return new Slot(this, places);
            }

            _waiting.Enqueue(turn, (-priority, _order++));
            GiveToThoseInTurn(); // it may come before all who wait
        }

        Interlocked.Increment(ref _waitingCount);
        try
        {
            await using CancellationTokenRegistration given = cancellationToken.Register(() => turn.Given.TrySetCanceled(cancellationToken));
            await turn.Given.Task;
            return new Slot(this, places);
        }
        catch (OperationCanceledException)
        {
            Give(places: 0, ended: 0); // to those behind it
            throw;
        }
        finally
        {
            Interlocked.Decrement(ref _waitingCount);
        }
    }

    private void Give(int places, int ended)
    {
        lock (_gate)
        {
            _free += places;
            _running -= ended;
            GiveToThoseInTurn();
        }
    }

    private void GiveToThoseInTurn()
    {
        while (_waiting.TryPeek(out Turn? next, out _) && (next.Given.Task.IsCompleted || next.Needs <= _free))
        {
            _waiting.Dequeue();
            if (next.Given.TrySetResult()) // one who gave up waiting is still in the queue
            {
                _free -= next.Places;
                _running++;
            }
        }
    }

    /// <param name="Needs">Places that must be free for it to get its own.</param>
    private sealed record Turn(int Places, int Needs)
    {
        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Slot(RunSlots owner, int places) : IDisposable
    {
        private RunSlots? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Give(places, ended: 1);
    }
}
