using CodeExec.Core.Executions.Results;
using CodeExec.Core.Grading.Checking;
using CodeExec.Protocol;

namespace CodeExec.Core.Grading.Interacting;

/// <summary>Lets two programs speak with each other until both have ended, and sees that neither waits for ever.</summary>
/// <param name="onEvent">Sees all that comes of each side, before the other side does.</param>
internal sealed class Interaction(
    InteractionSide program, InteractionSide interactor, JudgeProtocol protocol, InteractionClock turns, Action<Speaker, RunnerEvent> onEvent, TimeProvider clock)
{
    /// <summary>
    /// An interactor says that something was wrong, and a moment later it ends; a program that fails over what it was told may be quicker. So
    /// the interactor has a moment before it is told that the program has gone.
    /// </summary>
    private static readonly TimeSpan Courtesy = TimeSpan.FromMilliseconds(200);

    private readonly Lock _gate = new();
    private Speaker? _first;
    private Speaker? _late;
    private bool _interactorSpoke;

    /// <exception cref="Containers.ContainerLostException">One of the containers was lost, and not through its program.</exception>
    /// <exception cref="OperationCanceledException">As the sides were told.</exception>
    public async Task<InteractionEnd> RunAsync()
    {
        using CancellationTokenSource over = new();
        Task watching = WatchAsync(over.Token);
        Task[] sides = [FollowAsync(interactor, program), FollowAsync(program, interactor)];
        try
        {
            await (await Task.WhenAny(sides));
            await Task.WhenAll(sides);
        }
        finally
        {
            await over.CancelAsync();
            await Task.WhenAll(program.LetGoAsync(), interactor.LetGoAsync());
            await Task.WhenAll([watching, .. sides]).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new InteractionEnd
        {
            Program = program.WasStopped ? null : FactsOf(program),
            Interactor = FactsOf(interactor),
            InteractorFirst = _first == Speaker.Interactor,
            Late = _late,
            InteractorKeptItWaiting = !_interactorSpoke && interactor.Result?.CpuMs > turns.UsedByProgram.TotalMilliseconds / 2,
        };
    }

    private async Task FollowAsync(InteractionSide self, InteractionSide other)
    {
        await self.FollowAsync(async received =>
        {
            onEvent(self.Speaker, received);
            switch (received)
            {
                case OutputEvent { Stream: OutputStream.Stdout, Data.Length: > 0 } said:
                    _interactorSpoke |= self == interactor && _late is null;
                    turns.Spoke(self.Speaker);
                    await other.SayAsync(new RunnerCommand(RunnerCommand.Stdin, said.Data));
                    break;
                case OutputEvent { Stream: OutputStream.Stdout }:
                    await TellEndAsync(self, other);
                    break;
                case CaseEndedEvent ended when self == interactor && HasRejected(ended) && IsFirstToEnd(self):
                    await program.StopAsync(); // nothing depends on it any more
                    break;
                case CaseEndedEvent ended when self == program && HasFailed(ended):
                    await Task.WhenAny(interactor.Ended, Task.Delay(Courtesy > turns.ToBeHeard ? Courtesy : turns.ToBeHeard, clock));
                    break;
                default:
                    break;
            }
        });
        await TellEndAsync(self, other);
    }

    private async Task TellEndAsync(InteractionSide self, InteractionSide other)
    {
        _ = IsFirstToEnd(self);
        turns.Spoke(self.Speaker);
        await other.SayAsync(new RunnerCommand(RunnerCommand.EndOfStdin));
    }

    private bool IsFirstToEnd(InteractionSide self)
    {
        lock (_gate)
        {
            return (_first ??= self.Speaker) == self.Speaker;
        }
    }

    // The end of the program tells the interactor that no more will come: what it makes of that shows whose turn it was.
    private async Task WatchAsync(CancellationToken over)
    {
        while (!program.Ended.IsCompleted && !over.IsCancellationRequested)
        {
            (_late, TimeSpan wait) = turns.Look();
            if (_late is not null)
            {
                await program.StopAsync();
                break;
            }

            await Task.WhenAny(program.Ended, Task.Delay(wait, clock, over));
        }

        await Task.WhenAny(interactor.Ended, Task.Delay(turns.OfInteractor, clock, over));
        await (over.IsCancellationRequested ? Task.CompletedTask : interactor.StopAsync());
    }

    private bool HasRejected(CaseEndedEvent ended) => VerdictTable.OfChecker(CaseFacts.Of(ended), protocol) is not (null or Verdict.Accepted);

    private static bool HasFailed(CaseEndedEvent ended) => VerdictTable.OfRun(CaseFacts.Of(ended)) == Verdict.RuntimeError;

    private static CaseFacts FactsOf(InteractionSide side) => side switch
    {
        { OutOfMemory: true } => new CaseFacts(null, null, ResourceLimit.Memory),
        { WasStopped: false, Result: { } ended } => CaseFacts.Of(ended),
        _ => new CaseFacts(null, null, ResourceLimit.WallTime),
    };
}
