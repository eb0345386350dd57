using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// The runner's events in their order, whichever way they come. A hole is bearable only where nothing but output can have been in it, and what is known anyway:
/// then that output is cut, and marked as cut.
/// </summary>
/// <param name="after">The number of the last event that is known; 0 for none.</param>
internal sealed class EventOrder(long after)
{
    private readonly HashSet<(string Step, string Case)> _open = [];
    private bool _cut;

    /// <summary>What is known of the job besides what is heard; null for nothing.</summary>
    public KnownJob? Job { get; set; }

    /// <summary>The number of the last event that was taken.</summary>
    public long Last { get; private set; } = after;

    /// <summary>Whether the runner has said its last word.</summary>
    public bool IsOver { get; private set; }

    public bool IsOld(RunnerEvent received) => received.Sequence <= Last;

    public bool IsNext(RunnerEvent received) => received.Sequence == Last + 1;

    /// <param name="received">Not an old one. What is missing before it is gone for good.</param>
    /// <returns>What comes of it: before it, what must have been said in the hole.</returns>
    /// <exception cref="ContainerLostException">More than output may be missing.</exception>
    public IReadOnlyList<RunnerEvent> Take(RunnerEvent received)
    {
        if (IsNext(received))
        {
            return [Note(received)];
        }

        (long first, long last) = (Last + 1, received.Sequence - 1);
        IReadOnlyList<RunnerEvent>? known = Job?.Before(received);
        List<RunnerEvent> taken = [.. (known ?? []).Select(missed => Note(missed with { Sequence = Last + 1 }))];
        bool inCase = IsInsideTheOnlyCase(received);
        _cut |= inCase;
        return inCase || known is not null || received is FaultEvent
            ? [.. taken, Note(received)]
            : throw new ContainerLostException($"Events {first} to {last} of its runner are lost, and with them perhaps results.", outOfMemory: false);
    }

    private RunnerEvent Note(RunnerEvent said)
    {
        Last = said.Sequence;
        IsOver |= said is JobEndedEvent or FaultEvent;
        Job?.Take(said);
        switch (said)
        {
            case CaseStartedEvent started:
                _open.Add((started.Step, started.Case));
                return said;
            case CaseEndedEvent ended:
                _open.Remove((ended.Step, ended.Case));
                bool cut = _cut;
                _cut = false;
                return cut ? ended with { StdoutTruncated = true, StderrTruncated = true } : ended;
            default:
                return said;
        }
    }

    private bool IsInsideTheOnlyCase(RunnerEvent received)
        => _open.Count == 1 && received switch
        {
            OutputEvent output => _open.Contains((output.Step, output.Case)),
            CaseEndedEvent ended => _open.Contains((ended.Step, ended.Case)),
            _ => false,
        };
}
