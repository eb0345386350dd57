using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Progress;

namespace CodeExec.Core.Batches.Running;

/// <summary>
/// One go at the submissions of a shard: so many at once. What is put back to work meanwhile begins as soon as there is a place; what another batch
/// is grading right now is left for later.
/// </summary>
internal sealed class ShardRun(Batch batch, ShardWork work, BatchItem[] items, IReadOnlyList<Submission> submissions, BatchStore batches, GradeSubmission grading, BatchControl control, TimeProvider clock)
    : IDisposable
{
    /// <summary>News comes from this process only; where it is another's, this is how late it may be heard.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly LinkedList<int> _waiting = new(Enumerable.Range(0, items.Length).Where(at => IsToDo(items[at])));
    private readonly List<int> _anothers = [];
    private readonly List<Task<int?>> _running = [];
    private int _requeued = batch.Requeued;

    /// <returns>False: it was paused before its end.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellationToken)
    {
        using SignalWatch<BatchId> watch = control.Watch(batch.Id);
        try
        {
            while (true)
            {
                Task news = watch.Next();
                (BatchState state, int requeued) = await control.LookAsync(batch.Tenant, batch.Id, cancellationToken);
                if (requeued != _requeued)
                {
                    await ApplyRequeuesAsync(cancellationToken);
                    _requeued = requeued;
                }

                if (state == BatchState.Paused && _waiting.Count + _anothers.Count > 0 && await control.StateAfterPauseAsync(batch.Tenant, batch.Id, cancellationToken) == BatchState.Paused)
                {
                    await Task.WhenAll(_running);
                    return _running.TrueForAll(task => task.Result is null) && _waiting.Count + _anothers.Count == 0;
                }

                Begin(state, cancellationToken);
                if (_running.Count == 0 && _anothers.Count == 0)
                {
                    return true;
                }

                await WaitAsync(news, cancellationToken);
            }
        }
        finally
        {
            await ((Task)Task.WhenAll(_running)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing); // whatever failed: nobody works on the shard any more
        }
    }

    /// <summary>Puts back to work what was asked for.</summary>
    public async Task ApplyRequeuesAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<RequeueRequest> requests = await batches.ReadRequeuesAsync(batch.Id, work.Shard, cancellationToken);
        if (requests.Count == 0)
        {
            return;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            List<int> changed = [];
            foreach (RequeueRequest request in requests)
            {
                int at = Array.FindIndex(items, item => item.Index == request.Index);
                if (at >= 0 && request.ApplyTo(items[at]) is { } again)
                {
                    items[at] = again;
                    changed.Add(at);
                }
            }

            await batches.ApplyRequeuesAsync(batch.Id, work.Shard, changed.Select(at => items[at]), requests, ShardTally.Of(items), cancellationToken);
            foreach (int at in changed.Where(at => !_waiting.Contains(at)).Reverse())
            {
                _waiting.AddFirst(at); // somebody waits for it
            }
        }
        finally
        {
            _writing.Release();
        }

        control.Tell(batch.Id);
    }

    public void Dispose() => _writing.Dispose();

    private static bool IsToDo(BatchItem item) => item is { State: BatchItemState.Waiting, ReuseOf: null };

    private void Begin(BatchState state, CancellationToken cancellationToken)
    {
        while (_running.Count < Math.Max(1, work.Concurrency) && _waiting.First is { Value: var at })
        {
            _waiting.RemoveFirst();
            _running.Add(Task.Run(() => GradeAsync(at, state == BatchState.Cancelled, cancellationToken), cancellationToken));
        }
    }

    /// <returns>The one that has to be looked at again; null if it is settled.</returns>
    private async Task<int?> GradeAsync(int at, bool cancelled, CancellationToken cancellationToken)
    {
        BatchItem? settled = cancelled ? items[at] with { State = BatchItemState.Cancelled } : await grading.GradeAsync(batch, items[at], submissions[at], cancellationToken);
        if (settled is null)
        {
            return at;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            items[at] = settled;
            await batches.WriteShardAsync(batch.Id, work.Shard, [settled], ShardTally.Of(items), cancellationToken);
        }
        finally
        {
            _writing.Release();
        }

        control.Tell(batch.Id);
        return null;
    }

    private async Task WaitAsync(Task news, CancellationToken cancellationToken)
    {
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task look = Task.Delay(LookAgain, clock, over.Token);
        await Task.WhenAny([news, look, .. _running]);
        bool isTime = look.IsCompleted;
        await over.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        foreach (Task<int?> ended in _running.Where(task => task.IsCompleted).ToList())
        {
            _running.Remove(ended);
            if (await ended is { } again)
            {
                _anothers.Add(again);
            }
        }

        if (isTime)
        {
            _anothers.ForEach(at => _waiting.AddLast(at));
            _anothers.Clear();
        }
    }
}
