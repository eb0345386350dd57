namespace CodeExec.Storage.Azure.Progress;

internal enum FeedState
{
    /// <summary>What is stored of it has not been looked at.</summary>
    Unread,

    /// <summary>Nobody writes it now.</summary>
    Closed,
    Open,

    /// <summary>It left memory, or was deleted.</summary>
    Gone,
}
