using CodeExec.Core.Progress;

namespace CodeExec.Storage.Local.Progress;

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

/// <param name="StoredUpTo">Entries up to this one must be read from storage; null when <paramref name="Entries"/> are what follows.</param>
internal readonly record struct FeedView(LogEntry[] Entries, long? StoredUpTo);
