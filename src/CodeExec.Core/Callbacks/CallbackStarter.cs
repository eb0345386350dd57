using System.Text.Json;
using CodeExec.Core.Batches;
using CodeExec.Core.Executions;
using CodeExec.Core.Grading;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Tenants;

namespace CodeExec.Core.Callbacks;

/// <summary>Begins to tell of an end. Repeating it is harmless: an end is told of once, in as many tries as it takes.</summary>
public sealed class CallbackStarter(IExecutionStore executions, DeliveryStore deliveries, IOrchestrationEngine engine, IEnumerable<ICallbackForm> forms, TimeProvider clock)
{
    public const string ExecutionEnded = "execution.ended", BatchEnded = "batch.ended";

    public static string PrefixOf(ExecutionId id) => $"execution-{id}";

    public static string PrefixOf(BatchId id) => $"batch-{id}-";

    public async Task TellAsync(ExecutionRecord ended, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        if (ended.Callback != true || (await executions.FindSpecAsync(ended.Id, cancellationToken))?.Callback is not { } target)
        {
            return;
        }

        foreach (ICallbackForm form in forms)
        {
            if (await form.OfAsync(ended, cancellationToken) is { } message)
            {
                await StartAsync(ended.Tenant, PrefixOf(ended.Id), ExecutionEnded, target, message, cancellationToken);
                return;
            }
        }

        string body = JsonSerializer.Serialize(
            new ExecutionEndedBody(
                ExecutionEnded,
                ended.Id,
                Name(ended.Status),
                ended.EndedAt,
                ended.Grade?.Score.Verdict.Name(),
                ended.Grade?.Score.Points,
                ended.Grade?.Score.MaxPoints,
                ended.Grade?.Problem,
                ended.Labels,
                $"/api/executions/{ended.Id}"),
            OrchestrationJson.Options);
        await StartAsync(ended.Tenant, PrefixOf(ended.Id), ExecutionEnded, target, new CallbackMessage("POST", body), cancellationToken);
    }

    public async Task TellAsync(Batch ended, ShardTally tally, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ended);
        ArgumentNullException.ThrowIfNull(tally);
        if (ended.Callback is not { } target)
        {
            return;
        }

        string body = JsonSerializer.Serialize(
            new BatchEndedBody(
                BatchEnded, ended.Id, Name(ended.State), ended.EndedAt, ended.Total, tally.Done, tally.Dead, tally.Cancelled, tally.Score, tally.MaxScore, ended.Problem, ended.Labels, $"/api/batches/{ended.Id}"),
            OrchestrationJson.Options);
        await StartAsync(ended.Tenant, PrefixOf(ended.Id) + ended.Runs, BatchEnded, target, new CallbackMessage("POST", body), cancellationToken);
    }

    /// <summary>Tries a delivery again, whatever came of it.</summary>
    /// <returns>Null if there is none.</returns>
    public async Task<Delivery?> RedeliverAsync(TenantId tenant, string id, CancellationToken cancellationToken)
    {
        Delivery? again = await deliveries.ChangeAsync(tenant, id, one => one with { State = DeliveryState.Pending, Rounds = one.Rounds + 1 }, cancellationToken);
        if (again is not null)
        {
            await engine.StartAsync(CallbackActivities.Orchestration, InstanceOf(again), new CallbackStart(tenant, id), null, cancellationToken);
        }

        return again;
    }

    private async Task StartAsync(TenantId tenant, string id, string name, CallbackTarget target, CallbackMessage message, CancellationToken cancellationToken)
    {
        Delivery delivery = new() { Id = id, Event = name, Target = target, Method = message.Method, Body = message.Body, CreatedAt = clock.GetUtcNow() };
        await deliveries.AddAsync(tenant, delivery, cancellationToken);
        await engine.StartAsync(CallbackActivities.Orchestration, InstanceOf(delivery), new CallbackStart(tenant, id), null, cancellationToken);
    }

    internal static string InstanceOf(Delivery delivery) => $"callback-{delivery.Id}-{delivery.Rounds}";

    private static string Name<T>(T value)
        where T : struct, Enum
        => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private sealed record ExecutionEndedBody(
        string Event, ExecutionId Id, string Status, DateTimeOffset? EndedAt, string? Verdict, decimal? Score, decimal? MaxScore, ProblemVersion? Problem, IReadOnlyDictionary<string, string> Labels, string Url);

    private sealed record BatchEndedBody(
        string Event, BatchId Id, string State, DateTimeOffset? EndedAt, int Total, int Done, int DeadLetters, int Cancelled, decimal Score, decimal MaxScore, ProblemVersion Problem, IReadOnlyDictionary<string, string> Labels, string Url);
}
