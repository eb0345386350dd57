using System.IO.Compression;
using CodeExec.Core.Executions.Submitting;
using CodeExec.Core.Grading;

namespace CodeExec.Core.Problems.Importing;

/// <summary>
/// The files of a zip, read entry by entry: names are checked, sizes are counted while they inflate whatever the archive says of them, links and
/// folders are passed over. Nothing is ever written by a name from an archive.
/// </summary>
public sealed class SafeArchive
{
    private readonly SortedDictionary<string, byte[]> _files;

    private SafeArchive(SortedDictionary<string, byte[]> files) => _files = files;

    /// <summary>In the order of their paths.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <exception cref="ArchiveRefusedException">No zip, damaged, encrypted, too large, or with paths that lead astray.</exception>
    public static async Task<SafeArchive> ReadAsync(Stream zip, GradingOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            using ZipArchive archive = new(zip, ZipArchiveMode.Read, leaveOpen: true);
            if (archive.Entries.Count > options.ArchiveFiles)
            {
                throw new ArchiveRefusedException($"The archive has {archive.Entries.Count} entries; {options.ArchiveFiles} are the most.");
            }

            SortedDictionary<string, byte[]> files = new(StringComparer.Ordinal);
            long left = options.SuiteBytes;
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                if (await ReadAsync(entry, Math.Min(left, options.TestBytes), cancellationToken) is not { } content)
                {
                    continue;
                }

                left -= content.Length;
                if (!files.TryAdd(entry.FullName.Replace('\\', '/'), content))
                {
                    throw new ArchiveRefusedException($"The archive has {Texts.Quote(entry.FullName)} twice.");
                }
            }

            return new SafeArchive(WithoutCommonFolder(files));
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw new ArchiveRefusedException("The archive is no zip that can be read: it is damaged, encrypted, or packed in an unusual way.", e);
        }
    }

    public byte[]? Find(string path) => _files.GetValueOrDefault(path);

    public string? Text(string path) => Find(path) is { } bytes ? new System.Text.UTF8Encoding(false).GetString(bytes).TrimStart('\uFEFF') : null;

    /// <returns>Null for what is no file.</returns>
    private static async Task<byte[]?> ReadAsync(ZipArchiveEntry entry, long most, CancellationToken cancellationToken)
    {
        const int UnixType = 0xF000, UnixFile = 0x8000;
        string path = entry.FullName.Replace('\\', '/');
        int type = (entry.ExternalAttributes >> 16) & UnixType;
        if (path.EndsWith('/') || (type != 0 && type != UnixFile) || path.StartsWith("__MACOSX/", StringComparison.Ordinal))
        {
            return null;
        }

        if (FilePaths.FindMistake(path) is { } mistake)
        {
            throw new ArchiveRefusedException($"The archive has a file {Texts.Quote(path)} with a path that is refused. {mistake}");
        }

        await using Stream content = await entry.OpenAsync(cancellationToken);
        using MemoryStream read = new();
        byte[] buffer = new byte[64 * 1024];
        int count;
        while ((count = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (read.Length + count > most)
            {
                throw new ArchiveRefusedException($"The archive's file {Texts.Quote(path)} is too large, or all its files together are.");
            }

            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    // Most tools pack a folder, not what is in it.
    private static SortedDictionary<string, byte[]> WithoutCommonFolder(SortedDictionary<string, byte[]> files)
    {
        string? first = files.Keys.FirstOrDefault();
        int slash = first?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        if (slash < 0 || !files.Keys.All(path => path.StartsWith(first![..(slash + 1)], StringComparison.Ordinal)) || first![..slash] is "tests" or "data" or "input" or "in")
        {
            return files;
        }

        return new SortedDictionary<string, byte[]>(files.ToDictionary(file => file.Key[(slash + 1)..], file => file.Value), StringComparer.Ordinal);
    }
}
