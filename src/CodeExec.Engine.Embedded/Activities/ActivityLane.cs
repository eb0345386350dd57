using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Instances;

namespace CodeExec.Engine.Embedded.Activities;

/// <summary>The tries of one activity: so many at once, the others in a queue by priority and age.</summary>
internal sealed class ActivityLane(ActivityRegistration registration)
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<ActivityCall, (int Urgency, long Order)> _waiting = new();
    private readonly HashSet<ActivityTry> _running = [];
    private long _order;
    private bool _closed;

    public ActivityRegistration Registration { get; } = registration;

    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running.Count;
            }
        }
    }

    /// <returns>The try to run now; null if it waits for its turn, or nothing is begun any more.</returns>
    public ActivityTry? Enter(ActivityCall call, Func<ActivityCall, ActivityTry> begin)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return null;
            }
            if (_running.Count < Registration.MaxConcurrent)
            {
                return Begin(call, begin);
            }
            _waiting.Enqueue(call, (-call.Instance.Priority, _order++));
            return null;
        }
    }

    /// <returns>The try whose turn it is now.</returns>
    public ActivityTry? Leave(ActivityTry ended, Func<ActivityCall, ActivityTry> begin)
    {
        lock (_gate)
        {
            _running.Remove(ended);
            while (!_closed && _running.Count < Registration.MaxConcurrent && _waiting.TryDequeue(out ActivityCall? next, out _))
            {
                if (!next.Instance.HasLeft)
                {
                    return Begin(next, begin);
                }
            }
            return null;
        }
    }

    /// <summary>Begins nothing any more; what waits is left for the next start.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            _waiting.Clear();
        }
    }

    public List<ActivityTry> RunningTries(Instance? of)
    {
        lock (_gate)
        {
            return [.. _running.Where(running => of is null || ReferenceEquals(running.Call.Instance, of))];
        }
    }

    private ActivityTry Begin(ActivityCall call, Func<ActivityCall, ActivityTry> begin)
    {
        ActivityTry started = begin(call);
        _running.Add(started);
        return started;
    }
}
