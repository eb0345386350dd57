using Microsoft.Extensions.Options;

namespace CodeExec.Containers.Aci.Groups;

/// <summary>
/// Groups whose execution has ended. They cost nothing; deployed anew, each is a new machine and spends no creation. One that nobody
/// wants for a while goes.
/// </summary>
internal sealed class RestingGroups(GroupRemover remover, IOptions<AciOptions> options, TimeProvider clock) : IAsyncDisposable
{
    private readonly AciOptions _options = options.Value;
    private readonly Lock _gate = new();
    private readonly LinkedList<Group> _resting = [];
    private readonly CancellationTokenSource _closing = new();
    private readonly HashSet<Task> _leaving = [];

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _resting.Count;
            }
        }
    }

    /// <summary>Whether a group may be used again.</summary>
    public bool Wants(Group group)
        => _options.Delivery == JobDelivery.Exec && _options.RestFor > TimeSpan.Zero && group.Uses < _options.ExecutionsPerGroup
            && clock.GetUtcNow() < group.BeginsBefore && !_closing.IsCancellationRequested;

    /// <summary>Keeps a group whose container has ended, if it is wanted.</summary>
    public bool TryAdd(Group group)
    {
        lock (_gate)
        {
            if (!Wants(group))
            {
                return false;
            }

            _resting.AddLast(group);
            _leaving.RemoveWhere(done => done.IsCompleted);
            _leaving.Add(LeaveInTimeAsync(group));
            return true;
        }
    }

    /// <summary>One that can be deployed for this kind of container; null if none rests.</summary>
    public Group? TryTake(Core.Containers.ContainerSpec spec)
    {
        lock (_gate)
        {
            Group? group = _resting.FirstOrDefault(resting => resting.Spec == spec && Wants(resting));
            if (group is not null)
            {
                _resting.Remove(group);
            }

            return group;
        }
    }

    /// <summary>Gives the place of the longest resting one in a region to another kind.</summary>
    public async Task<bool> MakeRoomAsync(Quotas.RegionRoom room)
    {
        Group? oldest;
        lock (_gate)
        {
            oldest = _resting.FirstOrDefault(group => group.Room == room);
            if (oldest is null)
            {
                return false;
            }

            _resting.Remove(oldest);
        }

        await remover.RemoveAsync(oldest);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync();
        Group[] left;
        Task[] leaving;
        lock (_gate)
        {
            left = [.. _resting];
            leaving = [.. _leaving];
            _resting.Clear();
        }

        await Task.WhenAll([.. leaving, .. left.Select(remover.RemoveAsync)]);
    }

    private async Task LeaveInTimeAsync(Group group)
    {
        await Task.Yield(); // its adder holds the lock
        await Task.Delay(_options.RestFor, clock, _closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        bool mine;
        lock (_gate)
        {
            mine = !_closing.IsCancellationRequested && _resting.Remove(group);
        }

        if (mine)
        {
            await remover.RemoveAsync(group);
        }
    }
}
