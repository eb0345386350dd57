using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.History;
using CodeExec.Engine.Embedded.Instances;
using CodeExec.Engine.Embedded.Store;
using CodeExec.Sqlite;
using Microsoft.Extensions.Logging;

namespace CodeExec.Engine.Embedded;

/// <summary>The durable engine of one machine: orchestrations in memory, their histories in SQLite. See docs/engine.md.</summary>
public sealed class EmbeddedEngine(
    SqliteDatabase database,
    OrchestrationRegistry registry,
    IServiceProvider services,
    EmbeddedEngineOptions options,
    TimeProvider clock,
    ILoggerFactory logs) : IOrchestrationEngine, IAsyncDisposable
{
    private readonly TaskCompletionSource<EngineRuntime> _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _busyRetryAfter = options.BusyRetryAfter;
    private EngineRuntime? _runtime;
    private Task _resuming = Task.CompletedTask;
    private int _stopped;

    /// <summary>Takes the instances over and begins to resume what is unfinished. New work is accepted when the task has ended.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await database.MigrateAsync(EngineSchema.Owner, EngineSchema.Steps, cancellationToken);
        long epoch = await database.WriteAsync(EngineWrites.TakeOver, cancellationToken);
        EngineRuntime runtime = new(database, registry, services, clock, logs, epoch);
        foreach (OrchestrationRegistration known in registry.Orchestrations)
        {
            runtime.LaneOf(known.Name);
        }
        foreach ((string name, InstanceState state, int count) in runtime.Reads.CountUnended())
        {
            runtime.LaneOf(name).Restore(state, count);
        }
        runtime.Log.EngineStarted(epoch, runtime.Lanes.Sum(lane => lane.Active), runtime.Lanes.Sum(lane => lane.Pending));
        _runtime = runtime;
        _started.SetResult(runtime);
        _resuming = Task.Run(() => runtime.Resumption.ResumeAllAsync(options.ResumeParallelism, runtime.Closed), CancellationToken.None);
        foreach (OrchestrationLane lane in runtime.Lanes)
        {
            runtime.Promote(lane);
        }
    }

    /// <summary>
    /// Begins no more activities, waits for those that run (for <see cref="EmbeddedEngineOptions.ShutdownGrace"/>, or until the token is
    /// cancelled), then calls them off. Everything unfinished goes on at the next start.
    /// </summary>
    public Task StopAsync(CancellationToken cancellationToken) => StopAsync(options.ShutdownGrace, cancellationToken);

    /// <summary>Stops without waiting for anything.</summary>
    public async ValueTask DisposeAsync() => await StopAsync(TimeSpan.Zero, CancellationToken.None);

    public Task<bool> StartAsync<TIn, TOut>(OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, CancellationToken cancellationToken)
        => StartAsync(orchestration, instanceId, input, options, null, cancellationToken);

    /// <inheritdoc cref="IOrchestrationEngine.StartAsync"/>
    /// <param name="with">Something of the same database that is to be written in the same commit, or nothing is.</param>
    public async Task<bool> StartAsync<TIn, TOut>(
        OrchestrationName<TIn, TOut> orchestration, string instanceId, TIn input, StartOptions? options, StartCompanion? with, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(orchestration);
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        EngineRuntime engine = await RuntimeAsync(cancellationToken);
        if (!registry.TryGetOrchestration(orchestration.Value, out _))
        {
            throw new OrchestrationNotRegisteredException(orchestration.Value);
        }
        string json = EngineJson.Write(input);
        if (engine.Live.Find(instanceId) is { } known)
        {
            await known.Accepted.WaitAsync(cancellationToken);
            return false;
        }
        OrchestrationLane lane = engine.LaneOf(orchestration.Value);
        if (lane.Reserve(isChild: false) is not { } state)
        {
            return engine.Reads.FindRow(instanceId) is not null
                ? false
                : throw new EngineBusyException(orchestration.Value, lane.Limits.MaxPending, _busyRetryAfter);
        }
        InstanceRow row = new(engine.NextInstance(), instanceId, orchestration.Value, state, options?.Priority ?? 0, engine.Clock.GetUtcNow(), 0, 0, null, json, null);
        return state == InstanceState.Running ? await BeginAsync(engine, row, with, cancellationToken) : await QueueAsync(engine, lane, row, with);
    }

    public async Task<InstanceStatus?> FindAsync(string instanceId, CancellationToken cancellationToken)
        => (await RuntimeAsync(cancellationToken)).Reads.FindStatus(instanceId);

    public async Task<InstancePage> ListAsync(InstanceQuery query, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return (await RuntimeAsync(cancellationToken)).Reads.List(query);
    }

    public async Task<bool> RaiseEventAsync<T>(string instanceId, string name, T payload, CancellationToken cancellationToken)
    {
        EngineRuntime engine = await RuntimeAsync(cancellationToken);
        string json = EngineJson.Write(payload);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(_stopped == 1, this);
            if (engine.Live.Find(instanceId) is { } live)
            {
                if (await TellAsync(live, new Happening(HistoryEventKind.EventReceived, 0, name, json, null), cancellationToken))
                {
                    return true;
                }
                continue;
            }
            StoredMail mail = new(engine.NextMail(), new(HistoryEventKind.EventReceived, 0, name, json, engine.Clock.GetUtcNow(), engine.Epoch));
            switch (await database.WriteAsync(context => engine.Writes.Mail(context, instanceId, mail), cancellationToken))
            {
                case { State: InstanceState.Pending }:
                    return true;
                case { State: InstanceState.Suspended } suspended:
                    // It may have been loaded a moment before the mail was written; it knows mail it has by its number.
                    engine.Live.Find(suspended.No)?.Post(new Happening(HistoryEventKind.EventReceived, 0, name, json, null, mail.No));
                    return true;
                case { State: InstanceState.Running } running:
                    await engine.Resumption.BringInAsync(running.No);
                    continue;
                default:
                    return false;
            }
        }
    }

    public async Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken)
    {
        EngineRuntime engine = await RuntimeAsync(cancellationToken);
        FailureDetails failure = new("Terminated", reason);
        if (engine.Live.Find(instanceId) is { } live && await TellAsync(live, new Termination(failure), cancellationToken))
        {
            return;
        }
        engine.AfterTermination(await database.WriteAsync(context => engine.Writes.Terminate(context, instanceId, failure, engine.Clock.GetUtcNow()), cancellationToken));
    }

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        EngineRuntime engine = await RuntimeAsync(cancellationToken);
        return await database.WriteAsync(context => engine.Writes.Purge(context, instanceId), cancellationToken);
    }

    public async Task<InstanceStatus?> WaitForEndAsync(string instanceId, CancellationToken cancellationToken)
    {
        EngineRuntime engine = await RuntimeAsync(cancellationToken);
        using EndWaiters.Waiter waiter = engine.Waiters.Add(instanceId); // first, so that no end slips by
        if (engine.Live.Find(instanceId) is not { } live || !await IsAcceptedAsync(live, cancellationToken))
        {
            InstanceStatus? status = engine.Reads.FindStatus(instanceId);
            if (status is not { HasEnded: false })
            {
                return status;
            }
        }
        return await waiter.Ended.WaitAsync(cancellationToken);
    }

    public EngineStats GetStats()
    {
        if (_runtime is not { } engine)
        {
            return new(new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
        }
        return new(
            engine.Lanes.ToDictionary(lane => lane.Name, lane => lane.Pending),
            engine.Lanes.ToDictionary(lane => lane.Name, lane => lane.Active),
            engine.Activities.Running);
    }

    private static async Task<bool> IsAcceptedAsync(Instance instance, CancellationToken cancellationToken)
    {
        try
        {
            return await instance.Accepted.WaitAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false; // whoever starts it is told why; who waits for it looks into the store
        }
    }

    private static async Task<bool> TellAsync(Instance instance, InstanceMessage message, CancellationToken cancellationToken)
    {
        Task<MessageFate> fate = message.FateAsync();
        instance.Post(message);
        return await fate.WaitAsync(cancellationToken) == MessageFate.Recorded;
    }

    private static async Task<bool> BeginAsync(EngineRuntime engine, InstanceRow row, StartCompanion? with, CancellationToken cancellationToken)
    {
        Instance instance = new(engine, row, isStart: true, with);
        if (engine.Live.TryAdd(instance))
        {
            instance.Begin();
            return await instance.Accepted;
        }
        instance.Leave();
        engine.ReleasePlace(row.Name, InstanceState.Running);
        if (engine.Live.Find(row.Id) is { } other)
        {
            await other.Accepted.WaitAsync(cancellationToken);
        }
        return false;
    }

    private static async Task<bool> QueueAsync(EngineRuntime engine, OrchestrationLane lane, InstanceRow row, StartCompanion? with)
    {
        bool isNew = false;
        try
        {
            isNew = await engine.Database.WriteAsync(context => engine.Writes.Insert(context, row, with), CancellationToken.None);
        }
        catch (StoreUnavailableException e)
        {
            _ = WithdrawAsync(engine, lane, row, with, e);
            throw;
        }
        if (!isNew)
        {
            lane.Release(InstanceState.Pending);
        }
        engine.Promote(lane);
        return isNew;
    }

    /// <summary>The caller is told that nothing was started; if something was, it goes as soon as the store works again.</summary>
    private static async Task WithdrawAsync(EngineRuntime engine, OrchestrationLane lane, InstanceRow row, StartCompanion? with, StoreUnavailableException reason)
    {
        try
        {
            await engine.Durably.WithdrawAsync(row.No, with, reason);
            lane.Release(InstanceState.Pending);
        }
        catch (Exception e)
        {
            engine.Log.StartNotTakenBack(row.Id, e);
        }
    }

    private async Task StopAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _stopped, 1) == 1 || _runtime is not { } engine)
        {
            return;
        }
        engine.Activities.Close();
        if (grace > TimeSpan.Zero)
        {
            try
            {
                await engine.Gauge.WhenQuietAsync().WaitAsync(grace, clock, cancellationToken);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                // What is not done by now is left for the next start.
            }
        }
        engine.Activities.CallOff(null);
        int left = engine.Live.Count;
        engine.Dispose();
        await _resuming;
        engine.Log.EngineStopped(left);
    }

    private async ValueTask<EngineRuntime> RuntimeAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopped == 1, this);
        return _runtime ?? await _started.Task.WaitAsync(cancellationToken);
    }
}
