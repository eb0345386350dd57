using System.Globalization;
using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>Hands out the shards of a batch, from its time on a few at once, until all are settled. Pause, resume, cancel and requeue are events to it.</summary>
public sealed class BatchOrchestration : IOrchestration<BatchStart, bool>
{
    public async Task<bool> RunAsync(OrchestrationContext context, BatchStart input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        int atOnce = ShardFanOut.AtOnce(input.Concurrency);
        ShardQueue shards = new(input.Shards, input.RequeuedFirst);
        int free = input.Concurrency;
        Dictionary<Task<bool>, ShardWork> running = [];
        using CancellationTokenSource ended = new();
        Task<string> control = context.WaitForEventAsync<string>(BatchActivities.ControlEvent, ended.Token);
        bool paused = false;
        Task? due = input.StartAt is { } startAt ? context.SleepUntilAsync(startAt, ended.Token) : null;
        while (true)
        {
            while (!paused && due is null && free > 0 && running.Count < atOnce && shards.TryTake(out int shard))
            {
                int others = Math.Min(atOnce - running.Count - 1, shards.Waiting);
                ShardWork work = new(input.Tenant, input.Id, shard, ShardFanOut.PlacesOfNext(free, others));
                free -= work.Concurrency;
                running.Add(context.CallActivityAsync(BatchActivities.RunShard, work, ActivityOptions.Patient), work);
            }

            if (running.Count == 0 && shards.Waiting == 0)
            {
                IReadOnlyList<int> left = await context.CallActivityAsync(BatchActivities.Settle, input, ActivityOptions.Patient);
                if (left.Count == 0)
                {
                    ended.Cancel(); // CancelAsync would go on in another thread, out of the engine's sight
                    return true;
                }

                shards.Add(left);
                continue;
            }

            Task first = await Task.WhenAny([control, .. running.Keys, .. due is null ? [] : new[] { due }]);
            if (first == due)
            {
                due = null;
                await context.CallActivityAsync(BatchActivities.Begin, input, ActivityOptions.Patient);
            }
            else if (first == control)
            {
                string command = await control;
                control = context.WaitForEventAsync<string>(BatchActivities.ControlEvent, ended.Token);
                if (command.StartsWith(BatchActivities.Requeue, StringComparison.Ordinal))
                {
                    shards.PutBack(int.Parse(command.AsSpan(BatchActivities.Requeue.Length), NumberStyles.None, CultureInfo.InvariantCulture));
                    continue;
                }

                paused = command == BatchActivities.Pause;
                if (command == BatchActivities.Resume && input.StartAt is not null && due is null)
                {
                    await context.CallActivityAsync(BatchActivities.Begin, input, ActivityOptions.Patient); // it may have been resumed a moment before its time
                }

                if (command == BatchActivities.Cancel)
                {
                    shards.Clear();
                }
            }
            else
            {
                Task<bool> shard = (Task<bool>)first;
                bool settled = await shard;
                running.Remove(shard, out ShardWork? work);
                free += work!.Concurrency;
                shards.Return(work.Shard, again: !settled);
            }
        }
    }
}
