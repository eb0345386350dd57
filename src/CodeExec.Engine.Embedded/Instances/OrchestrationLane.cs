using CodeExec.Core.Orchestration;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>How many instances of one orchestration are at work and how many wait: the counts stay exact without reading the store.</summary>
internal sealed class OrchestrationLane(string name, OrchestrationLimits limits)
{
    private readonly Lock _gate = new();
    private bool _promoting;
    private bool _askedMeanwhile;

    public string Name { get; } = name;

    public OrchestrationLimits Limits { get; } = limits;

    public int Active { get; private set; }

    public int Pending { get; private set; }

    /// <summary>Takes a place for a new instance: at work if one is free and nobody waits, else among the waiting.</summary>
    /// <param name="isChild">A sub-orchestration is never refused: its parent has been accepted already.</param>
    /// <returns>Null if too many wait.</returns>
    public InstanceState? Reserve(bool isChild)
    {
        lock (_gate)
        {
            if (Active < Limits.MaxActive && Pending == 0)
            {
                Active++;
                return InstanceState.Running;
            }
            if (Pending >= Limits.MaxPending && !isChild)
            {
                return null;
            }
            Pending++;
            return InstanceState.Pending;
        }
    }

    public void Release(InstanceState state)
    {
        lock (_gate)
        {
            switch (state)
            {
                case InstanceState.Running:
                    Active--;
                    break;
                case InstanceState.Pending:
                    Pending--;
                    break;
                default:
                    break; // a suspended instance holds no place
            }
        }
    }

    /// <summary>Counts what a former life has left.</summary>
    public void Restore(InstanceState state, int count)
    {
        lock (_gate)
        {
            if (state == InstanceState.Running)
            {
                Active += count;
            }
            else
            {
                Pending += count;
            }
        }
    }

    /// <summary>Moves as many places as are free from waiting to work. One caller at a time: <see cref="EndPromotion"/> lets the next one in.</summary>
    /// <returns>How many; 0 if there is nothing to do or another caller is at it.</returns>
    public int BeginPromotion(int most)
    {
        lock (_gate)
        {
            if (_promoting)
            {
                _askedMeanwhile = true;
                return 0;
            }
            int count = Math.Min(most, Math.Min(Limits.MaxActive - Active, Pending));
            if (count <= 0)
            {
                return 0;
            }
            _promoting = true;
            Active += count;
            Pending -= count;
            return count;
        }
    }

    /// <param name="unused">Places for which nobody was found in the store: their instances are still being written, or were terminated.</param>
    /// <returns>True if somebody asked for a promotion meanwhile.</returns>
    public bool EndPromotion(int unused)
    {
        lock (_gate)
        {
            bool again = _askedMeanwhile;
            _promoting = _askedMeanwhile = false;
            Active -= unused;
            Pending += unused;
            return again;
        }
    }
}
