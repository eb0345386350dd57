namespace CodeExec.Storage.Azure.Progress;

/// <summary>A place in a feed: before the entry that follows a sequence.</summary>
internal readonly record struct FeedPoint(long After, int Part, long Offset)
{
    public static readonly FeedPoint Start = new(0, 0, 0);
}
