using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// The runner's events in their order, whichever way they come. A hole is bearable only where nothing but output can have been in it:
/// then that output is cut, and marked as cut.
/// </summary>
/// <param name="known">What was followed already, perhaps by another host.</param>
internal sealed class EventOrder(KnownEvents known)
{
    /// <summary>The number of the last event that was taken.</summary>
    public long Last => known.Last;

    /// <summary>Whether the runner has said its last word.</summary>
    public bool IsOver { get; private set; }

    public bool IsOld(RunnerEvent received) => received.Sequence <= Last;

    public bool IsNext(RunnerEvent received) => known.IsNext(received);

    /// <param name="received">Not an old one. What is missing before it is gone for good.</param>
    /// <exception cref="ContainerLostException">More than output may be missing.</exception>
    public RunnerEvent Take(RunnerEvent received)
    {
        if (!IsNext(received) && !IsInsideTheOnlyCase(received))
        {
            throw new ContainerLostException($"Events {Last + 1} to {received.Sequence - 1} of its runner are lost, and with them perhaps results.", outOfMemory: false);
        }

        bool isCut = known.IsCut || !IsNext(received);
        known.Add(received);
        IsOver |= received is JobEndedEvent or FaultEvent;
        return isCut && received is CaseEndedEvent ended ? ended with { StdoutTruncated = true, StderrTruncated = true } : received;
    }

    private bool IsInsideTheOnlyCase(RunnerEvent received)
        => known.Open.Count == 1 && received switch
        {
            OutputEvent output => known.Open.Contains((output.Step, output.Case)),
            CaseEndedEvent ended => known.Open.Contains((ended.Step, ended.Case)),
            _ => false,
        };
}
