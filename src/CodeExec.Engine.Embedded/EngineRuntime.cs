using System.Collections.Concurrent;
using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Activities;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Instances;
using CodeExec.Engine.Embedded.Runs;
using CodeExec.Engine.Embedded.Store;
using CodeExec.Engine.Embedded.Timers;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging;

namespace CodeExec.Engine.Embedded;

/// <summary>One life of the engine: what its instances share, and what happens between them.</summary>
internal sealed class EngineRuntime : IDisposable
{
    private readonly OrchestrationRegistry _registry;
    private readonly IServiceProvider _services;
    private readonly ILoggerFactory _logs;
    private readonly ConcurrentDictionary<string, OrchestrationLane> _lanes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ILogger> _orchestrationLogs = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closed = new();
    private long _lastInstance;
    private long _lastMail;

    public EngineRuntime(SqliteDatabase database, OrchestrationRegistry registry, IServiceProvider services, TimeProvider clock, ILoggerFactory logs, long epoch)
    {
        Closed = _closed.Token;
        _registry = registry;
        _services = services;
        _logs = logs;
        Database = database;
        Clock = clock;
        Epoch = epoch;
        Log = logs.CreateLogger<EmbeddedEngine>();
        Writes = new EngineWrites(epoch);
        Reads = new EngineReads(database);
        Gate = new StoreGate(database, clock, Log, Closed);
        Durably = new DurableWrites(database, Writes, Gate);
        Timers = new TimerQueue(clock);
        Activities = new ActivityDispatcher(registry, services, clock, Gauge);
        Resumption = new Resumption(this);
        (_lastInstance, _lastMail) = Reads.LastNumbers();
    }

    public SqliteDatabase Database { get; }

    public TimeProvider Clock { get; }

    public long Epoch { get; }

    public ILogger Log { get; }

    public EngineWrites Writes { get; }

    public EngineReads Reads { get; }

    public StoreGate Gate { get; }

    public DurableWrites Durably { get; }

    public TimerQueue Timers { get; }

    public ActivityDispatcher Activities { get; }

    public Resumption Resumption { get; }

    public WorkGauge Gauge { get; } = new();

    public InstanceTable Live { get; } = new();

    public EndWaiters Waiters { get; } = new();

    public IEnumerable<OrchestrationLane> Lanes => _lanes.Values;

    public CancellationToken Closed { get; }

    public long LastInstance => Volatile.Read(ref _lastInstance);

    public static Happening EndOfChild(InstanceStatus child, int taskId, int run)
    {
        if (child.State == InstanceState.Completed)
        {
            return new Happening(HistoryEventKind.SubOrchestrationCompleted, taskId, null, child.Output, run);
        }
        FailureDetails failure = child.Failure ?? new FailureDetails(nameof(InstanceState), $"It ended as {child.State}.");
        return new Happening(HistoryEventKind.SubOrchestrationFailed, taskId, null, EngineJson.Write(failure), run);
    }

    public long NextInstance() => Interlocked.Increment(ref _lastInstance);

    public long NextMail() => Interlocked.Increment(ref _lastMail);

    public OrchestrationLane LaneOf(string orchestration)
        => _lanes.GetOrAdd(orchestration, static (name, registry) => new(name, registry.TryGetOrchestration(name, out OrchestrationRegistration? found) ? found.Limits : new()), _registry);

    /// <exception cref="OrchestrationNotRegisteredException">There is no code for it.</exception>
    public OrchestrationRun CreateRun(Instance instance)
    {
        InstanceRow row = instance.Row;
        if (!_registry.TryGetOrchestration(row.Name, out OrchestrationRegistration? orchestration))
        {
            throw new OrchestrationNotRegisteredException(row.Name);
        }
        ILogger log = _orchestrationLogs.GetOrAdd(row.Name, static (name, logs) => logs.CreateLogger($"CodeExec.Orchestrations.{name}"), _logs);
        RunStart start = new(orchestration, row.Id, row.Run, row.FirstTask, row.Input);
        return new OrchestrationRun(start, _services, log, reason => instance.Post(new Obstacle(reason)));
    }

    /// <summary>A start that waits for its turn has become durable, or a place has become free: gives turns as far as there are places.</summary>
    public void Promote(OrchestrationLane lane) => _ = Resumption.PromoteAsync(lane);

    /// <summary>Has an unfinished instance in memory afterwards, whoever stood in its way.</summary>
    public void BringIn(string instanceId) => _ = Resumption.BringInByIdAsync(instanceId);

    public void ReleasePlace(string orchestration, InstanceState state)
    {
        OrchestrationLane lane = LaneOf(orchestration);
        lane.Release(state);
        Promote(lane);
    }

    public void StartChildren(InstanceBatch batch)
    {
        ReleaseChildren(batch.RefusedChildren);
        if (Closed.IsCancellationRequested)
        {
            return; // the next start finds them in the store
        }
        foreach (InstanceRow row in batch.Children.Except(batch.RefusedChildren))
        {
            if (row.State == InstanceState.Pending)
            {
                Promote(LaneOf(row.Name));
                continue;
            }
            Instance child = new(this, row, isStart: false);
            if (Live.TryAdd(child))
            {
                ThreadPool.UnsafeQueueUserWorkItem(static child => child.Begin(), child, preferLocal: false);
            }
        }
    }

    public void ReleaseChildren(IEnumerable<InstanceRow> children)
    {
        foreach (InstanceRow child in children)
        {
            ReleasePlace(child.Name, child.State);
        }
    }

    public void Forget(Instance instance) => Live.Remove(instance);

    /// <summary>An instance has ended or was suspended, and that is durable.</summary>
    public void AfterLeaving(Instance instance, InstanceStep step, string? customStatus)
    {
        InstanceRow row = instance.Row;
        InstanceBatch batch = step.Batch;
        OrchestrationLane lane = LaneOf(row.Name);
        lane.Release(InstanceState.Running); // before anybody is told, so that who is told finds it free
        if (step.Obstacle is { } obstacle)
        {
            Log.InstanceSuspended(row.Id, obstacle);
        }
        else
        {
            InstanceStatus status = new(row.Id, row.Name, batch.NewState!.Value, row.CreatedAt, batch.At, batch.Output, customStatus, batch.Failure);
            AfterEnd(row.Parent, status);
        }
        AfterTermination(batch.Terminated);
        Promote(lane);
    }

    /// <summary>Instances were ended in the store, whether they are in memory or not.</summary>
    public void AfterTermination(TerminatedInstances terminated)
    {
        foreach (TerminatedInstance ended in terminated.Items)
        {
            Live.Find(ended.Row.No)?.Leave();
            OrchestrationLane lane = LaneOf(ended.Row.Name);
            lane.Release(ended.Before);
            AfterEnd(ended.Row.Parent, ended.Status);
            Promote(lane);
        }
    }

    /// <summary>Keeps the result of an activity whose instance has been suspended meanwhile.</summary>
    public async Task KeepResultAsync(Instance instance, TryEnded ended)
    {
        StoredMail mail = new(NextMail(), new(HistoryEventKind.ActivityCompleted, ended.TaskId, null, ended.Result, Clock.GetUtcNow(), Epoch));
        try
        {
            await Durably.WriteAsync(context => Writes.Mail(context, instance.Id, mail));
        }
        catch (Exception e)
        {
            Abandon(instance, null, e); // the activity runs again after the next start
        }
    }

    /// <summary>Parks an instance that is in memory but whose code cannot be run.</summary>
    public async Task SuspendAsync(Instance instance, Exception reason)
    {
        InstanceRow row = instance.Row;
        FailureDetails failure = FailureDetails.From(reason);
        try
        {
            await Durably.WriteAsync(
                context =>
                {
                    Writes.Suspend(context, row.No, failure, Clock.GetUtcNow());
                    return true;
                });
        }
        catch (Exception e)
        {
            Abandon(instance, null, e);
            return;
        }
        instance.LeaveSuspended();
        Log.InstanceSuspended(row.Id, reason);
        if (row.State == InstanceState.Running)
        {
            ReleasePlace(row.Name, InstanceState.Running);
        }
    }

    /// <summary>Something went wrong that should not: the instance leaves memory and stays in the store for the next start.</summary>
    public void Abandon(Instance instance, InstanceBatch? batch, Exception reason)
    {
        instance.Leave();
        if (Closed.IsCancellationRequested)
        {
            return; // the store is closing under it: that is what a stop looks like from here
        }
        Log.InstanceAbandoned(instance.Id, reason);
        if (batch is not null)
        {
            ReleaseChildren(batch.Children);
        }
        if (batch is { IsStart: true })
        {
            ReleasePlace(instance.Row.Name, InstanceState.Running);
        }
    }

    /// <summary>Nothing new is begun: timers stop, waiters are told, whoever waits for the store gives up.</summary>
    public void Dispose()
    {
        _closed.Cancel();
        Timers.Dispose();
        foreach (Instance instance in Live.All)
        {
            instance.Leave();
        }
        Waiters.Close();
        _closed.Dispose();
    }

    private void AfterEnd(ParentTask? parent, InstanceStatus status)
    {
        Log.InstanceEnded(status.InstanceId, status.Orchestration, status.State);
        Waiters.Ended(status);
        if (parent is not null)
        {
            Live.Find(parent.No)?.Post(EndOfChild(status, parent.TaskId, parent.Run));
        }
    }
}
