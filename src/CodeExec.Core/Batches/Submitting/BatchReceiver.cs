using CodeExec.Core.Executions.Submitting;
using Microsoft.Extensions.Options;

namespace CodeExec.Core.Batches.Submitting;

/// <summary>Stores the submissions of a batch, shard by shard as they come, so that a large one needs no more memory than a small one.</summary>
public sealed class BatchReceiver(BatchStore batches, IOptions<BatchOptions> options)
{
    private const int LongestKey = 200;

    /// <returns>How many there were, and the fingerprint of it all.</returns>
    /// <exception cref="BatchRefusedException">Something is wrong with the submissions themselves.</exception>
    internal async Task<(int Total, string Fingerprint)> ReceiveAsync(
        Batch batch, BatchDraft draft, IAsyncEnumerable<BatchSubmission> submissions, CancellationToken cancellationToken)
    {
        using BatchFingerprint fingerprint = new(draft);
        Dictionary<string, int> seen = new(StringComparer.Ordinal);
        List<BatchItem> items = [];
        List<Submission> shard = [];
        int total = 0;
        await foreach (BatchSubmission next in submissions.WithCancellation(cancellationToken))
        {
            CheckCount(total + 1);
            Submission submission = Checked(next.Submission, total);
            string hash = SubmissionHash.Of(submission);
            fingerprint.Add(next, hash);
            items.Add(ItemOf(batch, next, hash, total, seen));
            shard.Add(submission);
            total++;
            if (shard.Count == batch.ShardSize)
            {
                await StoreAsync(batch, items, shard, cancellationToken);
            }
        }

        await StoreAsync(batch, items, shard, cancellationToken);
        CheckCount(total);
        return (total, fingerprint.Finish());
    }

    /// <summary>For submissions that are to be received later.</summary>
    /// <exception cref="BatchRefusedException">They would not be.</exception>
    internal void CheckAll(IReadOnlyList<BatchSubmission> submissions)
    {
        for (int at = 0; at < submissions.Count; at++)
        {
            Checked(submissions[at].Submission, at);
            KeyOf(submissions[at].Key, at);
        }

        CheckCount(submissions.Count);
    }

    private void CheckCount(int count)
    {
        if (count == 0 || count > options.Value.Submissions)
        {
            throw new BatchRefusedException(count == 0 ? "Send at least one submission." : $"A batch may have {options.Value.Submissions} submissions at most.");
        }
    }

    private static BatchItem ItemOf(Batch batch, BatchSubmission next, string hash, int index, Dictionary<string, int> seen)
    {
        BatchItem item = new() { Index = index, Key = KeyOf(next.Key, index), Language = next.Submission.Language ?? "", Hash = hash };
        if (next.Refused is { } reason)
        {
            return item with { State = BatchItemState.Dead, Reason = reason };
        }

        bool repeated = seen.TryGetValue(hash, out int first);
        seen.TryAdd(hash, index);
        return repeated && !batch.Force ? item with { ReuseOf = first } : item;
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
            { StartAt: not null } => "startAt",
            { DelayMs: not null } => "delayMs",
            _ => null,
        };
        return foreign is null ? submission : throw new BatchRefusedException($"Submission {index + 1} has '{foreign}', which has no place in a batch.") { Field = $"submissions[{index}].{foreign}" };
    }

    private static string KeyOf(string? key, int index)
        => key is null ? $"{index + 1}"
            : key.Length is 0 or > LongestKey || key.Any(char.IsControl) || Texts.ToBytes(key) is null
                ? throw new BatchRefusedException($"Submission {index + 1} has an id that is none: 1 to {LongestKey} characters, and no control characters.") { Field = $"submissions[{index}].id" }
                : key;
}
