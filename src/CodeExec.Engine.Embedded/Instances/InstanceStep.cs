using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Runs;
using CodeExec.Engine.Embedded.Store;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>One step of an instance: takes what has come, lets the code decide, and says what is to be written in one transaction.</summary>
internal sealed class InstanceStep(EngineRuntime engine, OrchestrationRun run, InstanceConsequences underWay, InstanceBatch batch)
{
    private readonly List<InstanceMessage> _taken = [];
    private Exception? _obstacle;
    private FailureDetails? _termination;

    public InstanceBatch Batch { get; } = batch;

    /// <summary>What came after the end of the run: for the next one, or too late.</summary>
    public List<InstanceMessage> Rest { get; } = [];

    /// <summary>Calls whose back-off is over.</summary>
    public List<int> Retries { get; } = [];

    /// <summary>Why the instance cannot go on, if so.</summary>
    public Exception? Obstacle => _obstacle;

    private bool IsOver => run.Outcome is not null || _obstacle is not null || _termination is not null;

    public void Take(IEnumerable<InstanceMessage> messages, string? savedStatus)
    {
        Batch.At = Now();
        if (!run.HasBegun)
        {
            Try(new HistoryEvent(HistoryEventKind.Begun, 0, null, null, Now(), engine.Epoch), null);
        }
        foreach (InstanceMessage message in messages)
        {
            if (IsOver)
            {
                Rest.Add(message);
            }
            else
            {
                _taken.Add(message);
                Take(message);
            }
        }
        Conclude(savedStatus);
    }

    public void Settle(MessageFate fate) => _taken.ForEach(message => message.Settle(fate));

    public void Fail(Exception reason) => _taken.ForEach(message => message.Fail(reason));

    private void Take(InstanceMessage message)
    {
        switch (message)
        {
            case Happening happening:
                Take(happening);
                break;
            case TryEnded ended:
                Take(ended);
                break;
            case RetryDue retry when retry.Run == run.Start.Number:
                Retries.Add(retry.TaskId);
                break;
            case RetryDue:
                break;
            case Termination termination:
                _termination = termination.Failure;
                break;
            case Obstacle obstacle:
                _obstacle = obstacle.Reason;
                break;
            default:
                throw new InvalidOperationException($"An instance does not know what to do with {message.GetType().Name}.");
        }
    }

    private void Take(Happening happening)
    {
        bool isAddressed = happening.Run is null || happening.Run == run.Start.Number;
        bool isWanted = happening.Kind == HistoryEventKind.EventReceived || run.OpenTasks.ContainsKey(happening.TaskId);
        if (isAddressed && isWanted)
        {
            Try(happening.ToEvent(Now(), engine.Epoch), happening);
        }
        if (happening.Mail is { } mail && _obstacle is null)
        {
            Batch.ConsumedMail.Add(mail);
        }
    }

    private void Take(TryEnded ended)
    {
        // Only the try that is under way has a say: one that timed out, or ran for an earlier run, has lost its.
        if (ended.Run != run.Start.Number || !underWay.IsUnderWay(ended.TaskId, ended.Attempt)
            || !run.OpenTasks.TryGetValue(ended.TaskId, out OpenTask? open) || open is not IOpenActivity activity)
        {
            return;
        }
        Try(ToEvent(ended, activity), ended);
    }

    private HistoryEvent ToEvent(TryEnded ended, IOpenActivity activity)
    {
        DateTimeOffset now = Now();
        if (ended.Failure is not { } failure)
        {
            return new(HistoryEventKind.ActivityCompleted, ended.TaskId, null, ended.Result, now, engine.Epoch);
        }
        int failures = (activity.LastFailure?.Failures ?? 0) + 1;
        if (activity.Options?.Retry is not { } retry || failures >= retry.MaxAttempts)
        {
            return new(HistoryEventKind.ActivityFailed, ended.TaskId, null, EngineJson.Write(failure), now, engine.Epoch);
        }
        TryFailure tried = new(ended.Attempt, failures, now + retry.DelayBefore(failures + 1), failure);
        return new(HistoryEventKind.TryFailed, ended.TaskId, null, EngineJson.Write(tried), now, engine.Epoch);
    }

    private void Try(HistoryEvent cause, InstanceMessage? message)
    {
        int before = Batch.History.Count;
        try
        {
            run.Take(cause, Batch.History);
        }
        catch (NonDeterminismException e)
        {
            // What the code decided here cannot be relied on. What came is kept for the mended code.
            Batch.History.RemoveRange(before, Batch.History.Count - before);
            _obstacle = e;
            if (message is not null)
            {
                Keep(message);
            }
        }
    }

    private void Conclude(string? savedStatus)
    {
        AddChildren();
        if (_obstacle is not null)
        {
            Batch.NewState = InstanceState.Suspended;
            Batch.Failure = FailureDetails.From(_obstacle);
            List<InstanceMessage> kept = [.. Rest.Where(Keep)];
            _taken.AddRange(kept);
            Rest.RemoveAll(kept.Contains);
        }
        else if (_termination is not null)
        {
            Batch.History.Add(new(HistoryEventKind.Terminated, 0, null, EngineJson.Write(_termination), Now(), engine.Epoch));
            Batch.NewState = InstanceState.Terminated;
            Batch.Failure = _termination;
            Batch.EndsChildren = true;
        }
        else
        {
            End();
        }
        if (run.CustomStatus != savedStatus)
        {
            Batch.CustomStatusChanged = true;
            Batch.CustomStatus = run.CustomStatus;
        }
    }

    private void End()
    {
        switch (run.Outcome)
        {
            case RunOutcome.Completed completed:
                Batch.NewState = InstanceState.Completed;
                Batch.Output = completed.Output;
                break;
            case RunOutcome.Failed failed:
                Batch.NewState = InstanceState.Failed;
                Batch.Failure = failed.Failure;
                break;
            case RunOutcome.ContinuedAsNew next:
                Batch.Next = run.Start with { Number = run.Start.Number + 1, FirstTask = run.NextTask, Input = next.Input };
                Batch.KeptMail.AddRange(run.Events.Kept.Select(kept => new StoredMail(engine.NextMail(), kept)));
                break;
            default:
                break;
        }
    }

    private void AddChildren()
    {
        foreach (HistoryEvent line in Batch.History.Where(line => line.Kind == HistoryEventKind.SubOrchestrationScheduled))
        {
            IOpenSubOrchestration child = (IOpenSubOrchestration)run.OpenTasks[line.TaskId];
            InstanceState state = engine.LaneOf(line.Name!).Reserve(isChild: true)!.Value;
            Batch.Children.Add(new InstanceRow(
                engine.NextInstance(), child.InstanceId, line.Name!, state, Batch.Instance.Priority, line.At, 0, 0,
                new ParentTask(Batch.Instance.No, run.Start.Number, line.TaskId), line.Payload!, null));
        }
    }

    /// <summary>Puts into the mailbox what nobody will say again.</summary>
    /// <returns>False for what is not kept: its sender has to look again.</returns>
    private bool Keep(InstanceMessage message)
    {
        HistoryEvent? kept = message switch
        {
            Happening { Kind: HistoryEventKind.EventReceived, Mail: null } received => received.ToEvent(Now(), engine.Epoch),
            TryEnded { Result: { } result } ended => new(HistoryEventKind.ActivityCompleted, ended.TaskId, null, result, Now(), engine.Epoch),
            _ => null,
        };
        if (kept is not null)
        {
            Batch.KeptMail.Add(new StoredMail(engine.NextMail(), kept));
        }
        return kept is not null;
    }

    /// <summary>The clock, but never before what the instance has seen already: clocks are set back at times.</summary>
    private DateTimeOffset Now()
    {
        DateTimeOffset now = engine.Clock.GetUtcNow();
        return now > run.CurrentUtc ? now : run.CurrentUtc;
    }
}
