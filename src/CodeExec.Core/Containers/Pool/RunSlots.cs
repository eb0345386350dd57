namespace CodeExec.Core.Containers.Pool;

/// <summary>The right to run: so many at once, higher priority first, else first come first served.</summary>
public sealed class RunSlots(int capacity)
{
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

    /// <param name="width">How many places it takes: more than one for what should share its processor with less.</param>
    public async Task<Slot> TakeAsync(int priority, CancellationToken cancellationToken, int width = 1)
    {
        int places = Math.Clamp(width, 1, _capacity);
        Turn turn = new(places);
        lock (_gate)
        {
            if (_waiting.Count == 0 && places <= _free)
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
        while (_waiting.TryPeek(out Turn? next, out _) && (next.Given.Task.IsCompleted || next.Places <= _free))
        {
            _waiting.Dequeue();
            if (next.Given.TrySetResult()) // one who gave up waiting is still in the queue
            {
                _free -= next.Places;
                _running++;
            }
        }
    }

    private sealed record Turn(int Places)
    {
        public TaskCompletionSource Given { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    public sealed class Slot(RunSlots owner, int places) : IDisposable
    {
        private RunSlots? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Give(places, ended: 1);
    }
}
