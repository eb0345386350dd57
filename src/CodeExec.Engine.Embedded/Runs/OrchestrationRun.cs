using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using Microsoft.Extensions.Logging;

namespace CodeExec.Engine.Embedded.Runs;

/// <summary>
/// One run of an orchestration's code in memory: events go in one at a time, decisions come out. It knows no store and no clock, so a
/// replay and a live run are the same thing, except that a replay compares the decisions with the recorded ones.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly RunStart _start;
    private readonly IServiceProvider _services;
    private readonly RunContext _context;
    private readonly EpisodeQueue _queue;
    private readonly Action<NonDeterminismException> _foreignContinuation;
    private readonly Dictionary<int, OpenTask> _open = [];
    private IReadOnlyList<HistoryEvent> _recorded = [];
    private int _cursor;
    private List<HistoryEvent> _decided = [];
    private long _epoch;
    private Task<string>? _body;
    private NonDeterminismException? _broken;

    /// <param name="foreignContinuation">Called from any thread when code of this run is about to go on because of something that is not in its history.</param>
    public OrchestrationRun(RunStart start, IServiceProvider services, ILogger logger, Action<NonDeterminismException> foreignContinuation)
    {
        _start = start;
        _services = services;
        _context = new RunContext(this, start, logger);
        _foreignContinuation = foreignContinuation;
        Events = new EventBuffer(IsInsideOrReport);
        _queue = new EpisodeQueue(() => foreignContinuation(Foreign()));
    }

    public RunStart Start => _start;

    public bool HasBegun => _body is not null;

    public bool IsReplaying { get; private set; }

    public DateTimeOffset CurrentUtc { get; private set; }

    /// <summary>Set once the code has returned or thrown.</summary>
    public RunOutcome? Outcome { get; private set; }

    public EventBuffer Events { get; }

    public IReadOnlyDictionary<int, OpenTask> OpenTasks => _open;

    public string? CustomStatus { get => _context.CustomStatus; set => _context.CustomStatus = value; }

    public int NextTask => _context.NextTask;

    /// <summary>Takes the code through a recorded history.</summary>
    /// <exception cref="NonDeterminismException">It decides otherwise now.</exception>
    public void Replay(IReadOnlyList<HistoryEvent> recorded)
    {
        _recorded = recorded;
        IsReplaying = true;
        for (_cursor = 0; _cursor < recorded.Count;)
        {
            HistoryEvent cause = recorded[_cursor++];
            if (cause.Kind.IsDecision())
            {
                throw Mismatch(cause.Describe(), Outcome is null ? "to wait" : "to end");
            }
            Deliver(cause);
        }
        IsReplaying = false;
        _recorded = [];
    }

    /// <summary>Takes the code one step further and appends the cause and what was decided upon it to <paramref name="history"/>.</summary>
    /// <exception cref="NonDeterminismException">The code awaits something that is not the context's.</exception>
    public void Take(HistoryEvent cause, List<HistoryEvent> history)
    {
        history.Add(cause);
        _decided = history;
        _epoch = cause.Epoch;
        Deliver(cause);
    }

    public HistoryEvent Decide(HistoryEventKind kind, int taskId, string? name, Func<string?> payload)
    {
        EnsureInside();
        if (!IsReplaying)
        {
            HistoryEvent decision = new(kind, taskId, name, payload(), CurrentUtc, _epoch);
            _decided.Add(decision);
            return decision;
        }
        HistoryEvent? expected = _cursor < _recorded.Count ? _recorded[_cursor] : null;
        if (expected is null || expected.Kind != kind || expected.TaskId != taskId || expected.Name != name)
        {
            string recorded = expected is null || !expected.Kind.IsDecision() ? "nothing more at this point" : expected.Describe();
            throw Mismatch(recorded, new HistoryEvent(kind, taskId, name, null, CurrentUtc, 0).Describe());
        }
        _cursor++;
        return expected;
    }

    public Task<T> Open<T>(OpenTask<T> task)
    {
        _open.Add(task.Scheduled.TaskId, task);
        return task.Task;
    }

    /// <summary>For callbacks of tokens, which may come from any thread and must not throw there.</summary>
    /// <returns>False if it was closed already.</returns>
    public bool Close(int taskId) => IsInsideOrReport() && _open.Remove(taskId);

    /// <summary>Only the episode's thread may use the context. Code that got onto another one has awaited something foreign.</summary>
    public void EnsureInside()
    {
        if (_broken is not null)
        {
            throw _broken; // the code has caught it once and goes on: it must not
        }
        if (!_queue.IsInside)
        {
            throw Foreign();
        }
    }

    private bool IsInsideOrReport()
    {
        if (!_queue.IsInside)
        {
            _foreignContinuation(Foreign());
        }
        return _queue.IsInside;
    }

    private void Deliver(HistoryEvent cause)
    {
        CurrentUtc = cause.At;
        _queue.Run(() => Apply(cause));
        if (_broken is null && Outcome is null && _body is { IsCompleted: true })
        {
            _queue.Run(Conclude);
        }
        if (_broken is null && HasBegun && Outcome is null && _open.Count == 0 && !Events.HasWaits)
        {
            _broken = Foreign();
        }
        if (_broken is not null)
        {
            throw _broken;
        }
    }

    private void Apply(HistoryEvent cause)
    {
        switch (cause.Kind)
        {
            case HistoryEventKind.Begun:
                _body = _start.Orchestration.RunAsync(_services, _context, _start.Input);
                break;
            case HistoryEventKind.EventReceived:
                Events.Arrived(cause);
                break;
            case HistoryEventKind.TryFailed:
                if (_open.TryGetValue(cause.TaskId, out OpenTask? tried) && tried is IOpenActivity activity)
                {
                    activity.TryFailed(cause);
                }
                break;
            case HistoryEventKind.ActivityFailed or HistoryEventKind.SubOrchestrationFailed:
                if (_open.Remove(cause.TaskId, out OpenTask? failed))
                {
                    failed.Fail(EngineJson.Read<FailureDetails>(cause.Payload));
                }
                break;
            case HistoryEventKind.ActivityCompleted or HistoryEventKind.SubOrchestrationCompleted or HistoryEventKind.TimerFired:
                if (_open.Remove(cause.TaskId, out OpenTask? completed))
                {
                    completed.Complete(cause.Payload);
                }
                break;
            default:
                throw new InvalidOperationException($"A history does not go on with {cause.Kind}.");
        }
    }

    private void Conclude()
    {
        if (_body!.IsFaulted || _body.IsCanceled)
        {
            Exception reason = _body.Exception?.InnerException ?? new TaskCanceledException(_body);
            FailureDetails failure = FailureDetails.From(reason);
            Decide(HistoryEventKind.Failed, 0, null, () => EngineJson.Write(failure));
            Outcome = new RunOutcome.Failed(failure);
        }
        else if (_context.NextInput is { } next)
        {
            Decide(HistoryEventKind.ContinuedAsNew, 0, null, () => null);
            Outcome = new RunOutcome.ContinuedAsNew(next);
        }
        else
        {
            Decide(HistoryEventKind.Completed, 0, null, () => null);
            Outcome = new RunOutcome.Completed(_body.Result);
        }
    }

    private NonDeterminismException Mismatch(string recorded, string decided)
        => _broken = new NonDeterminismException(_start.InstanceId, recorded, decided);

    private NonDeterminismException Foreign()
        => new(_start.InstanceId, "no reason to go on", "to await or to do something that is not of its context (Task.Delay, Task.Run, ConfigureAwait(false), I/O)");
}
