using System.Security.Cryptography;
using System.Text.Json;
using CodeExec.Core.Batches.Running;
using CodeExec.Core.Callbacks;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Orchestration;
using CodeExec.Core.Problems;
using CodeExec.Core.Secrets;
using CodeExec.Core.Tenants;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>Takes batches in, shard by shard as they come, so that a large one needs no more memory than a small one.</summary>
public sealed class BatchIntake(BatchStore batches, ProblemCatalog problems, IOrchestrationEngine engine, IOptions<BatchOptions> options, IOptions<SubmissionCeilings> ceilings, ISecretProtector secrets, TimeProvider clock)
{
    private const int LongestName = 200, LongestKey = 200;

    /// <exception cref="BatchRefusedException">Something is wrong with the submissions themselves: nothing was kept.</exception>
    public async Task<CreateBatchOutcome> CreateAsync(
        TenantId tenant, BatchDraft draft, IAsyncEnumerable<BatchSubmission> submissions, BatchId? regradeOf, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(draft);
        Mistakes mistakes = new();
        Problem? problem = draft.Problem is { Id: { } id } named ? await problems.FindAsync(tenant, id, named.Version, cancellationToken) : null;
        if (problem is null)
        {
            mistakes.Add("problem", "Name a problem that is there, and a version of it or none for the newest.");
        }

        ExecutionPriority priority = Priority(draft.Priority, mistakes);
        int most = options.Value.Concurrency;
        if (draft.Concurrency is < 1 || draft.Concurrency > most)
        {
            mistakes.Add("concurrency", $"Must be from 1 to {most}.");
        }

        if (draft.Name is { } name && (name.Length > LongestName || name.Any(char.IsControl) || Texts.ToBytes(name) is null))
        {
            mistakes.Add("name", $"May have {LongestName} characters at most, and no control characters.");
        }

        MetadataRules.CheckLabels(draft.Labels, ceilings.Value, mistakes);
        CallbackTarget? callback = CallbackRules.Check(draft.Callback, secrets, mistakes);
        if (mistakes.Any)
        {
            return new CreateBatchOutcome.Invalid(mistakes.ByField);
        }

        Batch batch = new()
        {
            Id = BatchId.New(clock),
            Tenant = tenant,
            Name = draft.Name,
            Problem = problem!.Reference,
            State = BatchState.Receiving,
            CreatedAt = clock.GetUtcNow(),
            ShardSize = options.Value.ShardSize,
            Concurrency = (int)(draft.Concurrency ?? most),
            Priority = priority,
            Force = draft.Force ?? false,
            Labels = draft.Labels ?? new Dictionary<string, string>(),
            RegradeOf = regradeOf,
            Callback = callback,
        };
        await batches.CreateAsync(batch, cancellationToken);
        try
        {
            int total = await ReceiveAsync(batch, submissions, cancellationToken);
            Batch ready = (await batches.ChangeAsync(tenant, batch.Id, one => one with { Total = total, State = BatchState.Running, Runs = 1 }, cancellationToken))!;
            await StartAsync(engine, ready, null, cancellationToken);
            return new CreateBatchOutcome.Accepted(BatchSummary.Of(ready, new ShardTally(), clock.GetUtcNow()));
        }
        catch
        {
            await batches.DeleteAsync(tenant, batch.Id, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Repeating it is harmless.</summary>
    internal static Task StartAsync(IOrchestrationEngine engine, Batch batch, IReadOnlyList<int>? shards, CancellationToken cancellationToken)
        => engine.StartAsync(
            BatchActivities.Orchestration,
            BatchActivities.InstanceOf(batch),
            new BatchStart(batch.Tenant, batch.Id, shards ?? [.. Enumerable.Range(0, batch.Shards)], batch.Concurrency),
            null,
            cancellationToken);

    private async Task<int> ReceiveAsync(Batch batch, IAsyncEnumerable<BatchSubmission> submissions, CancellationToken cancellationToken)
    {
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<BatchItem> items = [];
        List<Submission> shard = [];
        int total = 0;
        await foreach (BatchSubmission next in submissions.WithCancellation(cancellationToken))
        {
            if (total == options.Value.Submissions)
            {
                throw new BatchRefusedException($"A batch may have {options.Value.Submissions} submissions at most.");
            }

            Submission submission = Checked(next.Submission, total);
            string hash = HashOf(submission);
            bool repeated = seen.TryGetValue(hash, out int first) && !batch.Force;
            seen.TryAdd(hash, total);
            items.Add(new BatchItem { Index = total, Key = KeyOf(next.Key, total), Language = submission.Language ?? "", ReuseOf = repeated ? first : null });
            shard.Add(submission);
            total++;
            if (shard.Count == batch.ShardSize)
            {
                await StoreAsync(batch, items, shard, cancellationToken);
            }
        }

        await StoreAsync(batch, items, shard, cancellationToken);
        return total > 0 ? total : throw new BatchRefusedException("Send at least one submission.");
    }

    private async Task StoreAsync(Batch batch, List<BatchItem> items, List<Submission> submissions, CancellationToken cancellationToken)
    {
        if (items.Count > 0)
        {
            int shard = items[0].Index / batch.ShardSize;
            await batches.WriteSubmissionsAsync(batch.Id, shard, submissions, cancellationToken);
            await batches.WriteShardAsync(batch.Id, shard, items, ShardTally.Of(items), cancellationToken);
            items.Clear();
            submissions.Clear();
        }
    }

    private static Submission Checked(Submission submission, int index)
    {
        string? foreign = submission switch
        {
            { Secrets.Count: > 0 } => "secrets",
            { Problem: not null } => "problem",
            { Suite: not null } => "tests",
            { Priority: not null } => "priority",
            { Callback: not null } => "callback",
            _ => null,
        };
        return foreign is null ? submission : throw new BatchRefusedException($"Submission {index + 1} has '{foreign}', which has no place in a batch.");
    }

    private static string KeyOf(string? key, int index)
        => key is null ? $"{index + 1}"
            : key.Length is 0 or > LongestKey || key.Any(char.IsControl) || Texts.ToBytes(key) is null
                ? throw new BatchRefusedException($"Submission {index + 1} has an id that is none: 1 to {LongestKey} characters, and no control characters.")
                : key;

    // The labels say whose it is, not what it is.
    private static string HashOf(Submission submission)
        => Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(submission with { Labels = null }, OrchestrationJson.Options)));

    private static ExecutionPriority Priority(string? text, Mistakes mistakes)
    {
        switch (text)
        {
            case null or "low": return ExecutionPriority.Low;
            case "normal": return ExecutionPriority.Normal;
            case "high": return ExecutionPriority.High;
            default:
                mistakes.Add("priority", "Must be one of low, normal, high.");
                return ExecutionPriority.Low;
        }
    }
}
