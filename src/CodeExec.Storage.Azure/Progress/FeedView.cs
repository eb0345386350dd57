using CodeExec.Core.Progress;

namespace CodeExec.Storage.Azure.Progress;

/// <param name="StoredUpTo">Entries up to this one must be read from storage first; null when <paramref name="Entries"/> are all that follows.</param>
internal readonly record struct FeedView(LogEntry[] Entries, long? StoredUpTo);
