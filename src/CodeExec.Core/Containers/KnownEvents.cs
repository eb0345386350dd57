using CodeExec.Protocol;

namespace CodeExec.Core.Containers;

/// <summary>How far a job has come, by the events that are known of it.</summary>
/// <param name="after">The number of the last event, where the events themselves are not known; 0 for none.</param>
public sealed class KnownEvents(long after = 0)
{
    private readonly HashSet<(string Step, string Case)> _open = [];

    /// <summary>The number of the last event.</summary>
    public long Last { get; private set; } = after;

    /// <summary>The cases that have begun and not ended.</summary>
    public IReadOnlySet<(string Step, string Case)> Open => _open;

    /// <summary>Some of the output of the case that is open is gone for good.</summary>
    public bool IsCut { get; private set; }

    public bool IsNext(RunnerEvent received)
    {
        ArgumentNullException.ThrowIfNull(received);
        return received.Sequence == Last + 1;
    }

    /// <param name="received">A later one. What is missing before it was output.</param>
    public void Add(RunnerEvent received)
    {
        IsCut |= !IsNext(received) && _open.Count > 0;
        Last = received.Sequence;
        switch (received)
        {
            case CaseStartedEvent started:
                _open.Add((started.Step, started.Case));
                break;
            case CaseEndedEvent ended:
                _open.Remove((ended.Step, ended.Case));
                IsCut = false;
                break;
            default:
                break;
        }
    }
}
