using CodeExec.Core.Containers;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Following;

/// <summary>
/// The runner's events in their order, whichever way they come. A hole is bearable only where nothing but output can have been in it:
/// then that output is cut, and marked as cut.
/// </summary>
/// <param name="after">The number of the last event that is known; 0 for none.</param>
internal sealed class EventOrder(long after)
{
    private readonly HashSet<(string Step, string Case)> _open = [];
    private bool _cut;

    /// <summary>The number of the last event that was taken.</summary>
    public long Last { get; private set; } = after;

    public bool IsOld(RunnerEvent received) => received.Sequence <= Last;

    public bool IsNext(RunnerEvent received) => received.Sequence == Last + 1;

    /// <param name="received">Not an old one. What is missing before it is gone for good.</param>
    /// <exception cref="ContainerLostException">More than output may be missing.</exception>
    public RunnerEvent Take(RunnerEvent received)
    {
        if (!IsNext(received))
        {
            _cut |= IsInsideTheOnlyCase(received)
                ? true
                : throw new ContainerLostException($"Events {Last + 1} to {received.Sequence - 1} of its runner are lost, and with them perhaps results.", outOfMemory: false);
        }

        Last = received.Sequence;
        switch (received)
        {
            case CaseStartedEvent started:
                _open.Add((started.Step, started.Case));
                return received;
            case CaseEndedEvent ended:
                _open.Remove((ended.Step, ended.Case));
                bool cut = _cut;
                _cut = false;
                return cut ? ended with { StdoutTruncated = true, StderrTruncated = true } : ended;
            default:
                return received;
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
