using CodeExec.Core.Orchestration;

namespace CodeExec.Core.Batches.Running;

/// <summary>Hands out the shards of a batch, a few at once, until all are settled. Pause, resume and cancel are events to it.</summary>
public sealed class BatchOrchestration : IOrchestration<BatchStart, bool>
{
    /// <summary>A shard that fails goes on where it was; what is wrong with one submission is settled within.</summary>
    private static readonly ActivityOptions Patient = new(new RetryPolicy(20, TimeSpan.FromMilliseconds(500), MaxDelay: TimeSpan.FromMinutes(1)));

    public async Task<bool> RunAsync(OrchestrationContext context, BatchStart input)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(input);
        int atOnce = ShardFanOut.AtOnce(input.Concurrency);
        Queue<int> waiting = new(input.Shards);
        Dictionary<Task<bool>, int> running = [];
        using CancellationTokenSource ended = new();
        Task<string> control = context.WaitForEventAsync<string>(BatchActivities.ControlEvent, ended.Token);
        bool paused = false;
        while (waiting.Count > 0 || running.Count > 0)
        {
            while (!paused && waiting.Count > 0 && running.Count < atOnce)
            {
                int shard = waiting.Dequeue();
                ShardWork work = new(input.Tenant, input.Id, shard, Math.Max(1, input.Concurrency / atOnce));
                running.Add(context.CallActivityAsync(BatchActivities.RunShard, work, Patient), shard);
            }

            Task first = await Task.WhenAny([control, .. running.Keys]);
            if (first == control)
            {
                string command = await control;
                control = context.WaitForEventAsync<string>(BatchActivities.ControlEvent, ended.Token);
                paused = command == BatchActivities.Pause;
                if (command == BatchActivities.Cancel)
                {
                    waiting.Clear();
                }
            }
            else
            {
                Task<bool> shard = (Task<bool>)first;
                bool settled = await shard;
                running.Remove(shard, out int index);
                if (!settled)
                {
                    waiting.Enqueue(index);
                }
            }
        }

        ended.Cancel(); // CancelAsync would go on in another thread, out of the engine's sight
        return await context.CallActivityAsync(BatchActivities.Settle, input, Patient);
    }
}
