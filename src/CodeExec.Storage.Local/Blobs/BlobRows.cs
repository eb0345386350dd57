using CodeExec.Core.Storage;
using CodeExec.Sqlite;

namespace CodeExec.Storage.Local.Blobs;

/// <summary>The statements about blobs.</summary>
internal static class BlobRows
{
    public static BlobContent? Find(SqliteReadContext context, string key)
        => context.Find(
            "SELECT size, file, content FROM blobs WHERE key = $key",
            row => new BlobContent(row.GetInt64(0), row.IsDBNull(1) ? null : row.GetString(1), row.IsDBNull(2) ? null : row.GetFieldValue<byte[]>(2)),
            ("$key", key));

    /// <returns>Names of files that no row holds any longer.</returns>
    public static List<string> Put(SqliteWriteContext context, BlobInfo info, BlobContent content)
    {
        List<string> replaced = Delete(context, info.Key);
        context.Execute(
            "INSERT INTO blobs(key, size, written, file, content) VALUES($key, $size, $written, $file, $content)",
            ("$key", info.Key),
            ("$size", info.SizeBytes),
            ("$written", info.WrittenAt.UtcTicks),
            ("$file", content.File),
            ("$content", content.Bytes));
        return replaced;
    }

    /// <inheritdoc cref="Put"/>
    public static List<string> Delete(SqliteWriteContext context, string key)
    {
        List<string> files = context.List("SELECT file FROM blobs WHERE key = $key AND file IS NOT NULL", row => row.GetString(0), ("$key", key));
        context.Execute("DELETE FROM blobs WHERE key = $key", ("$key", key));
        return files;
    }

    /// <inheritdoc cref="Put"/>
    public static List<string> DeleteBetween(SqliteWriteContext context, string after, string before)
    {
        List<string> files = context.List(
            "SELECT file FROM blobs WHERE key > $after AND key < $before AND file IS NOT NULL",
            row => row.GetString(0),
            ("$after", after),
            ("$before", before));
        context.Execute("DELETE FROM blobs WHERE key > $after AND key < $before", ("$after", after), ("$before", before));
        return files;
    }

    public static List<BlobInfo> List(SqliteReadContext context, string after, string before, int limit)
        => context.List(
            "SELECT key, size, written FROM blobs WHERE key > $after AND key < $before ORDER BY key LIMIT $limit",
            row => new BlobInfo(row.GetString(0), row.GetInt64(1), new DateTimeOffset(row.GetInt64(2), TimeSpan.Zero)),
            ("$after", after),
            ("$before", before),
            ("$limit", limit));

    public static HashSet<string> FilesBetween(SqliteReadContext context, (string First, string Last) names)
        => [.. context.List("SELECT file FROM blobs WHERE file >= $first AND file <= $last", row => row.GetString(0), ("$first", names.First), ("$last", names.Last))];
}
