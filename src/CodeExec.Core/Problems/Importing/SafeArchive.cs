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

    private SafeArchive(SortedDictionary<string, byte[]> files, string folder, IReadOnlyCollection<string> folders, IReadOnlyDictionary<string, string> refused)
    {
        _files = files;
        Refused = refused;
        Folder = folder;
        Folders = folders;
    }

    /// <summary>In the order of their paths.</summary>
    public IReadOnlyCollection<string> Paths => _files.Keys;

    /// <summary>The one that all files lie in, with its '/': it is no part of their paths here. Empty if there is none.</summary>
    public string Folder { get; }

    /// <summary>Those in <see cref="Folder"/> that the archive names apart from their files, with their '/'; there may be nothing in them.</summary>
    public IReadOnlyCollection<string> Folders { get; }

    /// <summary>Files that were left out, by their paths in the archive, with what is wrong with their paths.</summary>
    public IReadOnlyDictionary<string, string> Refused { get; }

    /// <exception cref="ArchiveRefusedException">No zip, damaged, encrypted, too large, or with paths that lead astray.</exception>
    public static Task<SafeArchive> ReadAsync(Stream zip, GradingOptions options, CancellationToken cancellationToken) => ReadAsync(zip, options, leaveOut: false, cancellationToken);

    /// <param name="leaveOut">A file with a path that leads astray is left out and stands in <see cref="Refused"/>: others in the archive have nothing to do with it.</param>
    /// <inheritdoc cref="ReadAsync(Stream, GradingOptions, CancellationToken)"/>
    public static async Task<SafeArchive> ReadAsync(Stream zip, GradingOptions options, bool leaveOut, CancellationToken cancellationToken)
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
            SortedDictionary<string, string> refused = new(StringComparer.Ordinal);
            List<string> folders = [];
            long left = options.SuiteBytes;
            foreach (ZipArchiveEntry entry in archive.Entries)
            {
                string path = PathOf(entry);
                if (path.EndsWith('/') && FilePaths.FindMistake(path[..^1]) is null && !IsLitter(path))
                {
                    folders.Add(path);
                }

                if (!IsFile(entry))
                {
                    continue;
                }

                if (FilePaths.FindMistake(path) is { } mistake)
                {
                    refused[path] = leaveOut ? mistake : throw new ArchiveRefusedException($"The archive has a file {Texts.Quote(path)} with a path that is refused. {mistake}");
                    continue;
                }

                byte[] content = await ReadAsync(entry, path, Math.Min(left, options.TestBytes), cancellationToken);

                left -= content.Length;
                if (!files.TryAdd(path, content))
                {
                    throw new ArchiveRefusedException($"The archive has {Texts.Quote(entry.FullName)} twice.");
                }
            }

            string folder = CommonFolder(files, folders);
            SortedDictionary<string, byte[]> named = folder.Length == 0 ? files : new(files.ToDictionary(file => file.Key[folder.Length..], file => file.Value), StringComparer.Ordinal);
            return new SafeArchive(named, folder, [.. folders.Where(path => path.Length > folder.Length).Select(path => path[folder.Length..])], refused);
        }
        catch (Exception e) when (e is InvalidDataException or NotSupportedException or EndOfStreamException)
        {
            throw new ArchiveRefusedException("The archive is no zip that can be read: it is damaged, encrypted, or packed in an unusual way.", e);
        }
    }

    public byte[]? Find(string path) => _files.GetValueOrDefault(path);

    public string? Text(string path) => Find(path) is { } bytes ? new System.Text.UTF8Encoding(false).GetString(bytes).TrimStart('\uFEFF') : null;

    private static string PathOf(ZipArchiveEntry entry) => entry.FullName.Replace('\\', '/');

    private static bool IsFile(ZipArchiveEntry entry)
    {
        const int UnixType = 0xF000, UnixFile = 0x8000;
        int type = (entry.ExternalAttributes >> 16) & UnixType;
        return !PathOf(entry).EndsWith('/') && (type == 0 || type == UnixFile) && !IsLitter(PathOf(entry));
    }

    private static bool IsLitter(string path) => path.StartsWith("__MACOSX/", StringComparison.Ordinal);

    private static async Task<byte[]> ReadAsync(ZipArchiveEntry entry, string path, long most, CancellationToken cancellationToken)
    {
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
    private static string CommonFolder(SortedDictionary<string, byte[]> files, List<string> folders)
    {
        string? first = files.Keys.FirstOrDefault();
        int slash = first?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash < 0 || !files.Keys.Concat(folders).All(path => path.StartsWith(first![..(slash + 1)], StringComparison.Ordinal)) || first![..slash] is "tests" or "data" or "input" or "in"
            ? ""
            : first![..(slash + 1)];
    }
}
