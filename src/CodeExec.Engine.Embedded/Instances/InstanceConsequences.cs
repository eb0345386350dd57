using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Activities;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Runs;
using CodeExec.Engine.Embedded.Store;

namespace CodeExec.Engine.Embedded.Instances;

/// <summary>What begins when a step of an instance has been written, and what has begun before: tries of activities, timers, back-offs.</summary>
internal sealed class InstanceConsequences(EngineRuntime engine, Instance instance)
{
    // Steps come one at a time, but a termination of the parent may end the instance in the middle of one.
    private readonly Lock _gate = new();
    private readonly Dictionary<int, int> _tries = [];
    private Dictionary<int, IDisposable>? _timers;
    private bool _closed;

    /// <summary>Is this try of the call the one whose end counts?</summary>
    public bool IsUnderWay(int taskId, int attempt)
    {
        lock (_gate)
        {
            return _tries.TryGetValue(taskId, out int current) && current == attempt;
        }
    }

    /// <param name="here">What the caller may run last thing on its own thread: the only try that was begun.</param>
    /// <returns>What the instance must be told at once.</returns>
    public IReadOnlyList<InstanceMessage> Begin(OrchestrationRun run, InstanceStep step, out Action? here)
    {
        Beginnings begun = new();
        lock (_gate)
        {
            foreach (HistoryEvent line in step.Batch.History)
            {
                Begin(run, line, begun);
            }
            foreach (InstanceRow refused in step.Batch.RefusedChildren)
            {
                begun.Messages.Add(Refused(refused.Parent!.TaskId, run.Start.Number, refused.Id));
            }
            AddRetries(run, step.Retries, begun);
            DisarmClosed(run);
        }
        here = Dispatch(begun.Calls, lastIsReturned: true);
        return begun.Messages;
    }

    /// <summary>Begins the next tries of calls whose back-off is over.</summary>
    public void TryAgain(OrchestrationRun run, IReadOnlyList<int> taskIds)
    {
        if (taskIds.Count == 0)
        {
            return;
        }
        Beginnings begun = new();
        lock (_gate)
        {
            AddRetries(run, taskIds, begun);
        }
        Dispatch(begun.Calls, lastIsReturned: false);
        begun.Messages.ForEach(instance.Post);
    }

    /// <summary>Begins again what was under way when the host went down, but for what the mailbox has the result of.</summary>
    public void Resume(OrchestrationRun run, IReadOnlyList<StoredMail> mail)
    {
        Beginnings begun = new();
        AskForChildren(run, begun);
        HashSet<int> answered = [.. mail.Select(item => item.Event.TaskId)];
        lock (_gate)
        {
            foreach (OpenTask open in run.OpenTasks.Values.Where(open => !answered.Contains(open.Scheduled.TaskId)))
            {
                switch (open)
                {
                    case IOpenActivity { LastFailure: not null } activity:
                        Retry(activity, run.Start.Number);
                        break;
                    case IOpenActivity activity:
                        AddCall(activity, begun);
                        break;
                    case OpenTimer timer:
                        Arm(timer, run.Start.Number);
                        break;
                    default:
                        break;
                }
            }
        }
        Dispatch(begun.Calls, lastIsReturned: false);
        begun.Messages.ForEach(instance.Post);
    }

    /// <summary>Calls off what runs for the run: nobody could receive it any more.</summary>
    public void CallOff(OrchestrationRun? run)
    {
        bool runs;
        lock (_gate)
        {
            foreach (IDisposable timer in _timers?.Values ?? Enumerable.Empty<IDisposable>())
            {
                timer.Dispose();
            }
            _timers = null;
            runs = _tries.Count > 0;
            _tries.Clear();
        }
        if (runs && run is not null)
        {
            engine.Activities.CallOff(instance);
        }
    }

    /// <summary>Calls everything off and begins nothing any more.</summary>
    public void Close(OrchestrationRun? run)
    {
        lock (_gate)
        {
            _closed = true;
        }
        CallOff(run);
    }

    private static Happening Refused(int taskId, int run, string childId)
    {
        FailureDetails failure = new(typeof(InvalidOperationException).FullName!, $"There is another instance '{childId}', or it was purged before its end was seen.");
        return new Happening(HistoryEventKind.SubOrchestrationFailed, taskId, null, EngineJson.Write(failure), run);
    }

    private void Begin(OrchestrationRun run, HistoryEvent line, Beginnings begun)
    {
        if (line.Kind is HistoryEventKind.ActivityCompleted or HistoryEventKind.ActivityFailed)
        {
            _tries.Remove(line.TaskId);
        }
        if (!run.OpenTasks.TryGetValue(line.TaskId, out OpenTask? open))
        {
            return;
        }
        switch (line.Kind)
        {
            case HistoryEventKind.ActivityScheduled:
                AddCall((IOpenActivity)open, begun);
                break;
            case HistoryEventKind.TryFailed:
                Retry((IOpenActivity)open, run.Start.Number);
                break;
            case HistoryEventKind.TimerCreated:
                Arm((OpenTimer)open, run.Start.Number);
                break;
            default:
                break;
        }
    }

    private void AddRetries(OrchestrationRun run, IReadOnlyList<int> taskIds, Beginnings begun)
    {
        foreach (int taskId in taskIds)
        {
            if (run.OpenTasks.TryGetValue(taskId, out OpenTask? open))
            {
                AddCall((IOpenActivity)open, begun);
            }
        }
    }

    private void AddCall(IOpenActivity activity, Beginnings begun)
    {
        HistoryEvent scheduled = activity.Scheduled;
        if (_closed)
        {
            return;
        }
        if (!engine.Activities.Knows(scheduled.Name!))
        {
            begun.Messages.Add(new Obstacle(new InvalidOperationException($"Activity '{scheduled.Name}' is not registered.")));
            return;
        }
        int attempt = activity.AttemptIn(engine.Epoch);
        _tries[scheduled.TaskId] = attempt;
        begun.Calls.Add(new ActivityCall(instance, instance.Row.Run, scheduled.TaskId, attempt, scheduled.Name!, scheduled.Payload!, activity.Options?.Timeout));
    }

    private Action? Dispatch(List<ActivityCall> calls, bool lastIsReturned)
    {
        if (calls.Count == 1 && lastIsReturned)
        {
            ActivityCall only = calls[0];
            return () => engine.Activities.Dispatch(only, here: true);
        }
        foreach (ActivityCall call in calls)
        {
            engine.Activities.Dispatch(call, here: false);
        }
        return null;
    }

    private void Retry(IOpenActivity activity, int run)
    {
        int taskId = activity.Scheduled.TaskId;
        _tries.Remove(taskId);
        Set(taskId, activity.LastFailure!.RetryAt, () => instance.Post(new RetryDue(run, taskId)));
    }

    private void Arm(OpenTimer timer, int run)
        => Set(timer.Scheduled.TaskId, timer.FireAt, () => instance.Post(new Happening(HistoryEventKind.TimerFired, timer.Scheduled.TaskId, null, null, run)));

    private void Set(int taskId, DateTimeOffset at, Action fire)
    {
        if (!_closed)
        {
            _timers ??= [];
            _timers[taskId] = engine.Timers.Add(at, fire);
        }
    }

    private void DisarmClosed(OrchestrationRun run)
    {
        if (_timers is not { Count: > 0 })
        {
            return;
        }
        foreach (int closed in _timers.Keys.Where(taskId => !run.OpenTasks.ContainsKey(taskId)).ToList())
        {
            _timers.Remove(closed, out IDisposable? timer);
            timer!.Dispose();
        }
    }

    private void AskForChildren(OrchestrationRun run, Beginnings begun)
    {
        if (!run.OpenTasks.Values.OfType<IOpenSubOrchestration>().Any())
        {
            return;
        }
        Dictionary<int, InstanceStatus> children = engine.Reads.Children(instance.Row.No, run.Start.Number).ToDictionary(child => child.TaskId, child => child.Status);
        foreach (OpenTask open in run.OpenTasks.Values.Where(open => open is IOpenSubOrchestration))
        {
            int taskId = open.Scheduled.TaskId;
            if (!children.TryGetValue(taskId, out InstanceStatus? child))
            {
                begun.Messages.Add(Refused(taskId, run.Start.Number, ((IOpenSubOrchestration)open).InstanceId));
            }
            else if (child.HasEnded)
            {
                begun.Messages.Add(EngineRuntime.EndOfChild(child, taskId, run.Start.Number));
            }
        }
    }

    private sealed class Beginnings
    {
        public List<ActivityCall> Calls { get; } = [];

        public List<InstanceMessage> Messages { get; } = [];
    }
}
