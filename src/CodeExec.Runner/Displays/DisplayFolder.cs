using CodeExec.Linux;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Displays;

/// <summary>The folder that programs show things in, and what of it is known. Names that begin with a dot are their authors' own.</summary>
internal sealed class DisplayFolder(LinuxDirectory folder) : IDisposable
{
    /// <summary>Who leaves more than that has most of them passed over.</summary>
    private const int MostNames = 2000;

    private readonly Dictionary<byte[], Known> _known = new(ByteNames.Comparer);

    /// <summary>There is a file that was not complete yet.</summary>
    public bool HasFresh { get; private set; }

    /// <summary>What is complete and new, or has changed since it was: in the order in which it came to be.</summary>
    /// <param name="isEnd">No program runs: all is complete.</param>
    public List<byte[]> Look(bool isEnd)
    {
        HasFresh = false;
        List<(byte[] Name, FileStatus Status)> ready = [];
        DirectoryReader names = folder.ReadNames();
        for (int read = 0; read < MostNames && names.TryNext(out ReadOnlySpan<byte> name); read++)
        {
            if (name[0] == (byte)'.' || folder.TryStatus(name) is not { } status)
            {
                continue;
            }

            byte[] own = name.ToArray();
            Known? before = _known.GetValueOrDefault(own);
            bool isComplete = isEnd || before?.Status == status;
            HasFresh |= !isComplete;
            if (isComplete && before?.Taken != status)
            {
                ready.Add((own, status));
            }

            _known[own] = new Known(status, isComplete ? status : before?.Taken);
        }

        ready.Sort(static (one, other) => (one.Status.ChangedAt, one.Status.Inode).CompareTo((other.Status.ChangedAt, other.Status.Inode)));
        return ready.ConvertAll(static one => one.Name);
    }

    /// <summary>Null with the kind of what can not be read, or with none if it is gone.</summary>
    public FileDescriptor? TryOpen(byte[] name, out FileStatus? status)
    {
        status = folder.TryStatus(name);
        if (status?.Kind != FileKind.Regular || folder.TryOpen(name, OpenFlags.ReadOnly, 0, out _) is not { } file)
        {
            return null;
        }

        status = LinuxDirectory.StatusOf(file); // a program may have put something else there just now
        if (status.Value.Kind == FileKind.Regular)
        {
            return file;
        }

        file.Dispose();
        return null;
    }

    public void Dispose() => folder.Dispose();

    /// <param name="Status">As it was at the last look.</param>
    /// <param name="Taken">As it was when it was last taken for complete.</param>
    private sealed record Known(FileStatus Status, FileStatus? Taken);
}
