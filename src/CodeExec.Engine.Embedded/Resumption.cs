using CodeExec.Core.Orchestration;
using CodeExec.Engine.Embedded.Instances;
using CodeExec.Sqlite;

namespace CodeExec.Engine.Embedded;

/// <summary>Brings instances from the store into memory: those that a former life has left, and those whose turn has come.</summary>
internal sealed class Resumption(EngineRuntime engine)
{
    private const int Page = 256;
    private const int MostTries = 5;
    private const int MostPromotedAtOnce = 64;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

    /// <summary>Resumes every unfinished instance, oldest first, so many at a time. New work goes on meanwhile.</summary>
    public async Task ResumeAllAsync(int parallelism, CancellationToken cancellationToken)
    {
        long started = engine.Clock.GetTimestamp();
        long newest = engine.LastInstance;
        int count = 0;
        try
        {
            foreach (InstanceState state in (InstanceState[])[InstanceState.Running, InstanceState.Suspended])
            {
                count += await ResumeAllAsync(state, newest, parallelism, cancellationToken);
            }
            engine.Log.EngineRecovered(count, engine.Clock.GetElapsedTime(started).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The engine stops in the middle of it; the next start goes on.
        }
        catch (Exception e)
        {
            engine.Log.RecoveryFailed(e);
        }
    }

    /// <summary>Has the instance in memory afterwards, if it is unfinished; it may still be loading.</summary>
    public async Task BringInAsync(long no)
    {
        if (await ReadDurablyAsync(() => Admit(no)) is { } admitted)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static item => _ = item.Self.LoadAsync(item.Instance), (Self: this, Instance: admitted), preferLocal: false);
        }
    }

    /// <inheritdoc cref="BringInAsync"/>
    public async Task BringInByIdAsync(string instanceId)
    {
        try
        {
            if (await ReadDurablyAsync(() => engine.Reads.FindRow(instanceId)) is { State: InstanceState.Running or InstanceState.Suspended } row)
            {
                await BringInAsync(row.No);
            }
        }
        catch (Exception e) when (engine.Closed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException)
        {
            // The engine stops; the next start finds it.
        }
        catch (Exception e)
        {
            engine.Log.RecoveryFailed(e);
        }
    }

    /// <summary>Gives those who wait their turn as long as there are places.</summary>
    public async Task PromoteAsync(OrchestrationLane lane)
    {
        try
        {
            bool again = true;
            while (again && !engine.Closed.IsCancellationRequested && lane.BeginPromotion(MostPromotedAtOnce) is int places and > 0)
            {
                again = await PromoteAsync(lane, places);
            }
        }
        catch (Exception e) when (engine.Closed.IsCancellationRequested && e is OperationCanceledException or ObjectDisposedException or OwnershipLostException)
        {
            // The engine stops; those who wait are found by the next start.
        }
        catch (Exception e)
        {
            engine.Log.PromotionFailed(lane.Name, e);
        }
    }

    private async Task<bool> PromoteAsync(OrchestrationLane lane, int places)
    {
        List<long> candidates = [];
        List<long> promoted = [];
        bool again = false;
        try
        {
            candidates = await ReadDurablyAsync(() => engine.Reads.Waiting(lane.Name, places));
            if (candidates.Count > 0)
            {
                promoted = await engine.Durably.WriteAsync(context => engine.Writes.Promote(context, candidates));
            }
        }
        finally
        {
            again = lane.EndPromotion(places - promoted.Count);
        }
        await Task.WhenAll(promoted.Select(BringInAsync));
        return again || candidates.Count > 0;
    }

    private async Task<int> ResumeAllAsync(InstanceState state, long newest, int parallelism, CancellationToken cancellationToken)
    {
        int count = 0;
        long after = 0;
        ParallelOptions options = new() { MaxDegreeOfParallelism = parallelism, CancellationToken = cancellationToken };
        while (true)
        {
            List<long> page = await ReadDurablyAsync(() => engine.Reads.Unfinished(state, after, Page));
            page.RemoveAll(no => no > newest);
            if (page.Count == 0)
            {
                return count;
            }
            after = page[^1];
            count += page.Count;
            await Parallel.ForEachAsync(page, options, async (no, _) =>
            {
                if (await ReadDurablyAsync(() => Admit(no)) is { } admitted)
                {
                    await LoadAsync(admitted);
                }
            });
        }
    }

    /// <returns>The instance to load; null if it is in memory already or has ended.</returns>
    private Instance? Admit(long no)
    {
        if (engine.Live.Find(no) is not null || engine.Reads.FindRow(no) is not { State: InstanceState.Running or InstanceState.Suspended } row)
        {
            return null;
        }
        Instance instance = new(engine, row, isStart: false);
        if (engine.Live.TryAdd(instance))
        {
            return instance;
        }
        instance.Leave();
        return null;
    }

    private async Task LoadAsync(Instance instance)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                instance.Resume();
                return;
            }
            catch (StoreUnavailableException e)
            {
                await engine.Gate.WaitAsync(e);
                attempt--; // that says nothing about the instance
            }
            catch (ObjectDisposedException e) when (engine.Closed.IsCancellationRequested)
            {
                engine.Abandon(instance, null, e);
                return;
            }
            catch (Exception e) when (e is NonDeterminismException or OrchestrationNotRegisteredException || attempt == MostTries)
            {
                await engine.SuspendAsync(instance, e);
                return;
            }
            catch (Exception e)
            {
                engine.Log.InstanceNotResumed(instance.Id, attempt, e);
                await Task.Delay(FirstPause * attempt, engine.Clock, engine.Closed);
            }
        }
    }

    private async Task<T> ReadDurablyAsync<T>(Func<T> read)
    {
        while (true)
        {
            try
            {
                return read();
            }
            catch (StoreUnavailableException e)
            {
                await engine.Gate.WaitAsync(e);
            }
        }
    }
}
