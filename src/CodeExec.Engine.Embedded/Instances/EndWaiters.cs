using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>Who waits for the end of which instance.</summary>
internal sealed class EndWaiters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, List<Waiter>> _waiters = new(StringComparer.Ordinal);

    /// <summary>Waits for an end that comes after this call.</summary>
    public Waiter Add(string instanceId)
    {
        Waiter waiter = new(this, instanceId);
        lock (_gate)
        {
            if (!_waiters.TryGetValue(instanceId, out List<Waiter>? others))
            {
                _waiters.Add(instanceId, others = []);
            }
            others.Add(waiter);
        }
        return waiter;
    }

    public void Ended(InstanceStatus status)
    {
        List<Waiter>? told;
        lock (_gate)
        {
            _waiters.Remove(status.InstanceId, out told);
        }
        told?.ForEach(waiter => waiter.Tell(status));
    }

    /// <summary>The engine stops: nobody will be told any more.</summary>
    public void Close()
    {
        List<Waiter> all;
        lock (_gate)
        {
            all = [.. _waiters.Values.SelectMany(waiters => waiters)];
            _waiters.Clear();
        }
        all.ForEach(waiter => waiter.Close());
    }

    private void Remove(Waiter waiter)
    {
        lock (_gate)
        {
            if (_waiters.TryGetValue(waiter.InstanceId, out List<Waiter>? others) && others.Remove(waiter) && others.Count == 0)
            {
                _waiters.Remove(waiter.InstanceId);
            }
        }
    }

    /// <summary>One who waits; dispose it to wait no longer.</summary>
    internal sealed class Waiter(EndWaiters owner, string instanceId) : IDisposable
    {
        private readonly TaskCompletionSource<InstanceStatus> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string InstanceId { get; } = instanceId;

        public Task<InstanceStatus> Ended => _ended.Task;

        public void Tell(InstanceStatus status) => _ended.TrySetResult(status);

        public void Close() => _ended.TrySetException(new ObjectDisposedException(nameof(EmbeddedEngine), "The engine stops; the instance goes on after the next start."));

        public void Dispose() => owner.Remove(this);
    }
}
