using CodeExec.Core.Containers;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Batches;

/// <summary>What a part of a batch has come to so far. Made from its items, never counted up, so that nothing is counted twice.</summary>
public sealed record ShardTally
{
    public int Done { get; init; }

    public int Dead { get; init; }

    public int Cancelled { get; init; }

    public int Reused { get; init; }

    public decimal Score { get; init; }

    public decimal MaxScore { get; init; }

    public IReadOnlyDictionary<Verdict, int> Verdicts { get; init; } = new Dictionary<Verdict, int>();

    /// <summary>Null where containers have no price.</summary>
    public RunCost? Cost { get; init; }

    public int Settled => Done + Dead + Cancelled;

    public static ShardTally Of(IReadOnlyCollection<BatchItem> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        BatchItem[] done = [.. items.Where(item => item.State == BatchItemState.Done)];
        return new ShardTally
        {
            Done = done.Length,
            Dead = items.Count(item => item.State == BatchItemState.Dead),
            Cancelled = items.Count(item => item.State == BatchItemState.Cancelled),
            Reused = done.Count(item => item.ReuseOf is not null || item.From is not null),
            Score = done.Sum(item => item.Score),
            MaxScore = done.Sum(item => item.MaxScore),
            Cost = RunCost.Sum(items.Select(item => item.Cost)),
            Verdicts = done.Where(item => item.Verdict is not null).GroupBy(item => item.Verdict!.Value).ToDictionary(same => same.Key, same => same.Count()),
        };
    }

    public static ShardTally Sum(IEnumerable<ShardTally> tallies)
    {
        ShardTally[] all = [.. tallies];
        return new ShardTally
        {
            Done = all.Sum(one => one.Done),
            Dead = all.Sum(one => one.Dead),
            Cancelled = all.Sum(one => one.Cancelled),
            Reused = all.Sum(one => one.Reused),
            Score = all.Sum(one => one.Score),
            MaxScore = all.Sum(one => one.MaxScore),
            Cost = RunCost.Sum(all.Select(one => one.Cost)),
            Verdicts = all.SelectMany(one => one.Verdicts).GroupBy(pair => pair.Key).ToDictionary(same => same.Key, same => same.Sum(pair => pair.Value)),
        };
    }
}
