namespace CodeExec.Storage.Azure.Progress;

/// <summary>Where a feed goes on.</summary>
/// <param name="LastSequence">Of what is stored; 0 for nothing.</param>
/// <param name="Part">Which blob of the feed.</param>
/// <param name="Length">Of that blob, in bytes; null when it is not there yet.</param>
/// <param name="Blocks">That blob has so many.</param>
internal readonly record struct FeedEnd(long LastSequence, int Part, long? Length, int Blocks)
{
    public static readonly FeedEnd Empty = new(0, 0, null, 0);
}
