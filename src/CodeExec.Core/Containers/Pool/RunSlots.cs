namespace CodeExec.Core.Containers.Pool;

/// <summary>The right to run: so many at once, higher priority first, else first come first served.</summary>
public sealed class RunSlots(int capacity)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<TaskCompletionSource, (int Priority, long Order)> _waiting = new();
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

    public int Waiting => Volatile.Read(ref _waitingCount);

    public async Task<Slot> TakeAsync(int priority, CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                _running++;
                return new Slot(this);
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn, (-priority, _order++));
            _waitingCount++;
        }

        try
        {
            await using CancellationTokenRegistration given = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
            await turn.Task;
            return new Slot(this);
        }
        finally
        {
            Interlocked.Decrement(ref _waitingCount);
        }
    }

    private void Release()
    {
        lock (_gate)
        {
            // One who gave up waiting is still in the queue; the slot goes to the next who has not.
            while (_waiting.TryDequeue(out TaskCompletionSource? next, out _))
            {
                if (next.TrySetResult())
                {
                    return;
                }
            }

            _running--;
            _free++;
        }
    }

    public sealed class Slot(RunSlots owner) : IDisposable
    {
        private RunSlots? _owner = owner;

        public void Dispose() => Interlocked.Exchange(ref _owner, null)?.Release();
    }
}
