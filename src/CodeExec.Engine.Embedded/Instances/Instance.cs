using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Runs;
using CodeExec.Engine.Embedded.Store;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>
/// An instance in memory: an inbox, the run of its code, and one step at a time. A step takes all that has come, is written in one
/// transaction, and only then do its consequences begin. Whoever brings a message runs the step, so a lone instance needs no hand-over.
/// </summary>
internal sealed class Instance
{
    private readonly EngineRuntime _engine;
    private readonly InstanceInbox _inbox;
    private readonly TaskCompletionSource<bool> _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly InstanceConsequences _consequences;
    private OrchestrationRun? _run;
    private InstanceRow _row;
    private StartCompanion? _with;
    private string? _savedStatus;
    private int _sequence;
    private bool _isStart;
    private bool _isSuspended;

    /// <param name="isStart">It is not in the store yet: its first step puts it there.</param>
    /// <param name="with">What its first step puts there too.</param>
    public Instance(EngineRuntime engine, InstanceRow row, bool isStart, StartCompanion? with = null)
    {
        _with = with;
        _engine = engine;
        _row = row;
        _isStart = isStart;
        _savedStatus = row.CustomStatus;
        _isSuspended = row.State == InstanceState.Suspended;
        _consequences = new InstanceConsequences(engine, this);
        _inbox = new InstanceInbox(engine.Gauge);
        if (!isStart)
        {
            _accepted.SetResult(true);
        }
    }

    public InstanceRow Row => _row;

    public string Id => _row.Id;

    public int Priority => _row.Priority;

    /// <summary>True once it is not in memory any more (or about to be no more).</summary>
    public bool HasLeft => _inbox.IsClosed;

    /// <summary>For a start: true once it is durable, false if the id was known already.</summary>
    public Task<bool> Accepted => _accepted.Task;

    /// <summary>Takes the first step of an instance that has no history.</summary>
    public void Begin()
    {
        try
        {
            _run = _engine.CreateRun(this);
        }
        catch (OrchestrationNotRegisteredException e)
        {
            _ = _engine.SuspendAsync(this, e);
            return;
        }
        WorkDetached();
    }

    /// <summary>Takes the code through the recorded history, begins again what was under way, and goes on.</summary>
    /// <exception cref="NonDeterminismException">The code does not fit the history.</exception>
    public void Resume()
    {
        (List<HistoryEvent> history, List<StoredMail> mail) = _engine.Reads.Load(_row.No, _row.Run);
        OrchestrationRun run = _engine.CreateRun(this);
        run.CustomStatus = _savedStatus;
        run.Replay(history);
        _sequence = history.Count;
        _run = run;
        if (run.Outcome is not null)
        {
            Leave(); // it ended after it was looked up
            return;
        }
        _consequences.Resume(run, mail);
        _inbox.PutMailFirst(mail);
        WorkDetached();
    }

    /// <summary>Tells it something. May run its next step on this thread, up to the point where it waits for the disk.</summary>
    public void Post(InstanceMessage message)
    {
        switch (_inbox.Post(message))
        {
            case Reception.Yours:
                WorkDetached();
                break;
            case Reception.TooLate:
                Refuse(message);
                break;
            default:
                break;
        }
    }

    /// <summary>Lets it go out of memory, without a word to the store.</summary>
    public void Leave()
    {
        _engine.Forget(this); // first, so that nobody who is refused finds it again
        if (_inbox.Close() is { } late)
        {
            _consequences.Close(_run);
            late.ForEach(Refuse);
        }
    }

    /// <summary>Lets it go out of memory because its code cannot go on; results that still come are kept for later.</summary>
    public void LeaveSuspended()
    {
        _isSuspended = true;
        Leave();
    }

    private void WorkDetached()
    {
        // The caller's ambient values (a request's, a test's) must not live on in the instance.
        if (ExecutionContext.IsFlowSuppressed())
        {
            Work();
            return;
        }
        using (ExecutionContext.SuppressFlow())
        {
            Work();
        }
    }

    private void Work()
    {
        while (_inbox.TakeAll(evenIfEmpty: !_run!.HasBegun || ReturnsFromSuspension) is { } messages)
        {
            if (TakeStep(messages) is not { } step)
            {
                return;
            }
            if (!step.Batch.IsEmpty)
            {
                _ = CommitAsync(step);
                return;
            }
            step.Settle(MessageFate.Recorded);
            _consequences.TryAgain(_run!, step.Retries);
        }
    }

    private bool ReturnsFromSuspension => _isSuspended && _run!.Outcome is null;

    /// <returns>Null if something went wrong that no history explains; the instance is being parked then.</returns>
    private InstanceStep? TakeStep(List<InstanceMessage> messages)
    {
        InstanceBatch batch = new(_row, _row.Run, _sequence) { IsStart = _isStart, With = _with };
        if (ReturnsFromSuspension)
        {
            batch.NewState = InstanceState.Running;
        }
        InstanceStep step = new(_engine, _run!, _consequences, batch);
        try
        {
            step.Take(messages, _savedStatus);
            return step;
        }
        catch (Exception e)
        {
            messages.ForEach(message => message.Fail(e));
            if (_isStart)
            {
                _engine.Abandon(this, batch, e);
                _accepted.TrySetException(e);
            }
            else
            {
                _ = _engine.SuspendAsync(this, e);
            }
            return null;
        }
    }

    private async Task CommitAsync(InstanceStep step)
    {
        try
        {
            // The callers are told of a failure at once; what the instance has done is written as soon as the store works again.
            BatchResult result = await _engine.Durably.WriteAsync(step.Batch, reason =>
            {
                step.Fail(reason);
                _accepted.TrySetException(reason);
            });
            if (result == BatchResult.Written)
            {
                Follow(step);
            }
            else
            {
                GiveUp(step, result);
            }
        }
        catch (Exception e)
        {
            step.Fail(e);
            step.Rest.ForEach(message => message.Fail(e));
            _accepted.TrySetException(e);
            _engine.Abandon(this, step.Batch, e);
        }
    }

    private void GiveUp(InstanceStep step, BatchResult result)
    {
        _engine.ReleaseChildren(step.Batch.Children);
        Leave();
        if (result == BatchResult.AlreadyKnown)
        {
            _engine.ReleasePlace(_row.Name, InstanceState.Running);
            _engine.BringIn(Id); // whose id it is may have been kept out of memory by this start
        }
        _accepted.TrySetResult(false);
        step.Settle(MessageFate.LookAgain);
        step.Rest.ForEach(message => message.Settle(MessageFate.LookAgain));
    }

    private void Follow(InstanceStep step)
    {
        InstanceBatch batch = step.Batch;
        _sequence += batch.History.Count;
        _savedStatus = batch.CustomStatusChanged ? batch.CustomStatus : _savedStatus;
        _isStart = false;
        _with = null;
        if (_isSuspended)
        {
            _isSuspended = false;
            _engine.LaneOf(_row.Name).Restore(InstanceState.Running, 1);
        }
        if (batch.NewState is { } state and not InstanceState.Running)
        {
            _isSuspended = state == InstanceState.Suspended;
            Leave();
            _engine.AfterLeaving(this, step, _savedStatus);
        }
        _engine.StartChildren(batch);
        _accepted.TrySetResult(true);
        step.Settle(MessageFate.Recorded);
        if (HasLeft)
        {
            step.Rest.ForEach(message => message.Settle(MessageFate.LookAgain));
            return;
        }
        if (batch.Next is { } next)
        {
            ContinueAs(next, batch);
        }
        IReadOnlyList<InstanceMessage> ownMessages = _consequences.Begin(_run!, step, out Action? here);
        IEnumerable<InstanceMessage> kept = batch.Next is null ? [] : batch.KeptMail.Select(Happening.From);
        _inbox.PutFirst([.. kept, .. step.Rest, .. ownMessages]);
        WorkDetached();
        here?.Invoke();
    }

    private void ContinueAs(RunStart next, InstanceBatch batch)
    {
        _consequences.CallOff(_run);
        _row = _row with { Run = next.Number, FirstTask = next.FirstTask, Input = next.Input };
        _sequence = 0;
        string? status = _run!.CustomStatus;
        batch.History.Clear(); // it went with the old run
        _run = _engine.CreateRun(this);
        _run.CustomStatus = status;
    }

    private void Refuse(InstanceMessage message)
    {
        if (_isSuspended && message is TryEnded { Result: not null } result)
        {
            _ = _engine.KeepResultAsync(this, result);
        }
        message.Settle(MessageFate.LookAgain);
    }
}
