using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// The runner's events in their order, whichever way they come. A hole is bearable only where nothing but output can have been in it, and what is known anyway:
/// then that output is cut, and marked as cut.
/// </summary>
/// <param name="known">What was followed already, perhaps by another host.</param>
internal sealed class EventOrder(KnownEvents known)
{
    /// <summary>What is known of the job besides what is heard; null for nothing.</summary>
    public KnownJob? Job { get; set; }

    /// <summary>The number of the last event that was taken.</summary>
    public long Last => known.Last;

    /// <summary>Whether the runner has said its last word.</summary>
    public bool IsOver { get; private set; }

    public bool IsOld(RunnerEvent received) => received.Sequence <= Last;

    public bool IsNext(RunnerEvent received) => known.IsNext(received);

    /// <param name="received">Not an old one. What is missing before it is gone for good.</param>
    /// <returns>What comes of it: before it, what must have been said in the hole.</returns>
    /// <exception cref="ContainerLostException">More than output may be missing.</exception>
    public IReadOnlyList<RunnerEvent> Take(RunnerEvent received)
    {
        if (IsNext(received))
        {
            return [Note(received, isCut: known.IsCut)];
        }

        (long first, long last) = (Last + 1, received.Sequence - 1);
        IReadOnlyList<RunnerEvent>? unheard = Job?.Before(received);
        List<RunnerEvent> taken = [.. (unheard ?? []).Select(missed => Note(missed with { Sequence = Last + 1 }, isCut: known.IsCut))];
        bool isInCase = IsInsideTheOnlyCase(received);
        return isInCase || unheard is not null || received is FaultEvent
            ? [.. taken, Note(received, isCut: known.IsCut || (isInCase && !IsNext(received)))]
            : throw new ContainerLostException($"Events {first} to {last} of its runner are lost, and with them perhaps results.", outOfMemory: false);
    }

    private RunnerEvent Note(RunnerEvent said, bool isCut)
    {
        known.Add(said);
        Job?.Take(said);
        IsOver |= said is JobEndedEvent or FaultEvent;
        return isCut && said is CaseEndedEvent ended ? ended with { StdoutTruncated = true, StderrTruncated = true } : said;
    }

    private bool IsInsideTheOnlyCase(RunnerEvent received)
        => known.Open.Count == 1 && received switch
        {
            OutputEvent output => known.Open.Contains((output.Step, output.Case)),
            CaseEndedEvent ended => known.Open.Contains((ended.Step, ended.Case)),
            _ => false,
        };
}
