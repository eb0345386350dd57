namespace CodeExec.Core.Batches;

/// <summary>A batch and how far it is.</summary>
/// <param name="RatePerMinute">Submissions in the time that it was worked on; 0 before the first.</param>
/// <param name="EstimatedEnd">At that rate; null when it has ended, is paused, or nothing is known.</param>
public sealed record BatchSummary(Batch Batch, ShardTally Tally, double RatePerMinute, DateTimeOffset? EstimatedEnd)
{
    /// <summary>Whose results count: its own, or those of the regrade that was published.</summary>
    public (Batch Batch, ShardTally Tally) Counting { get; init; } = (Batch, Tally);

    public static BatchSummary Of(Batch batch, ShardTally tally, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(batch);
        ArgumentNullException.ThrowIfNull(tally);
        TimeSpan worked = batch.WorkedUntil(now);
        double rate = worked > TimeSpan.Zero ? tally.Done / worked.TotalMinutes : 0; // cancelling is quick, and what is set aside mostly was as it came in
        int left = batch.Total - tally.Settled;
        return new(batch, tally, Math.Round(rate, 2), batch.State == BatchState.Running && rate > 0 ? now + TimeSpan.FromMinutes(left / rate) : null);
    }
}
