namespace CodeExec.Core.Batches.Running;

/// <summary>How many shards of a batch are worked on at once. With few, places stand idle while the last submissions of each are waited for; with many, at the end of all.</summary>
public static class ShardFanOut
{
    /// <summary>The best of those that bench's simulation compares, for places that take tens of seconds to fill; a test compares (docs/scale.md).</summary>
    private const int SubmissionsOfAShard = 15;

    public static int AtOnce(int concurrency) => Math.Min(concurrency, Math.Max(2, concurrency / SubmissionsOfAShard));

    /// <summary>The places of the next shard, of those that are free, when so many others are about to get theirs.</summary>
    internal static int PlacesOfNext(int free, int others) => Math.Max(1, free / (others + 1));
}
