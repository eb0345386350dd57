using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>
/// A directory as it was once, to be put back. What it holds is compared byte for byte: time stamps would not do, for the kernel does
/// not touch them when a program writes to a tmpfs file through shared memory. To be made and used only while no program runs.
/// </summary>
internal sealed class TreeSnapshot : IDisposable
{
    private const int OwnerAll = 0b111_000_000;

    private readonly LinuxDirectory _root;
    private readonly SnapshotStore _store = new();
    private readonly SnapshotNode _top;

    public TreeSnapshot(LinuxDirectory root)
    {
        _root = root;
        _top = new SnapshotNode(FileKind.Directory, LinuxDirectory.StatusOf(root.Descriptor).Mode);
        Walk(Record);
    }

    /// <exception cref="LinuxException">It can not be put back: the container is not fit for another case.</exception>
    public void Restore() => Walk(PutBack);

    public void Dispose() => _store.Dispose();

    /// <summary>Visits every directory of the snapshot, parents first; the visit tells (or makes) what the node holds.</summary>
    private void Walk(Action<LinuxDirectory, SnapshotNode> visit)
    {
        using TreeCursor cursor = new(_root);
        Stack<(SnapshotNode Node, Queue<byte[]> Folders)> open = new();
        Enter(_top);
        while (open.TryPeek(out (SnapshotNode Node, Queue<byte[]> Folders) level))
        {
            if (level.Folders.TryDequeue(out byte[]? name))
            {
                cursor.EnterToChange(name);
                Enter(level.Node.Children[name]);
                continue;
            }

            // Not before everything below is done: the mode may forbid entering.
            open.Pop();
            byte[] left = cursor.Depth > 0 ? cursor.Leave() : [(byte)'.'];
            SetMode(cursor.Here, left, level.Node.Mode);
        }

        void Enter(SnapshotNode node)
        {
            SetMode(cursor.Here, "."u8, node.Mode | OwnerAll);
            visit(cursor.Here, node);
            open.Push((node, new Queue<byte[]>(node.Children.Where(child => child.Value.Kind == FileKind.Directory).Select(child => child.Key))));
        }
    }

    private void Record(LinuxDirectory directory, SnapshotNode node)
    {
        DirectoryReader names = directory.ReadNames();
        while (names.TryNext(out ReadOnlySpan<byte> name))
        {
            if (directory.Status(name) is { } status)
            {
                node.Children[name.ToArray()] = RecordOne(directory, name, status);
            }
        }
    }

    private SnapshotNode RecordOne(LinuxDirectory directory, ReadOnlySpan<byte> name, FileStatus status)
    {
        switch (status.Kind)
        {
            case FileKind.Regular:
                using (FileDescriptor file = OpenToRead(directory, name, status.Mode))
                {
                    (long start, long size) = _store.Add(file);
                    return new SnapshotNode(status.Kind, status.Mode) { ContentStart = start, Size = size };
                }

            case FileKind.Link:
                return new SnapshotNode(status.Kind, status.Mode) { LinkTarget = directory.ReadLink(name) };
            default:
                return new SnapshotNode(status.Kind, status.Mode);
        }
    }

    private void PutBack(LinuxDirectory directory, SnapshotNode node)
    {
        RemoveNew(directory, node);
        foreach ((byte[] name, SnapshotNode child) in node.Children)
        {
            FileStatus? found = directory.Status(name);
            if (found is { } status && IsUnchanged(directory, name, status, child))
            {
                if (status.Mode != child.Mode && child.Kind is FileKind.Regular)
                {
                    SetMode(directory, name, child.Mode);
                }

                continue;
            }

            if (found is not null)
            {
                TreeRemoval.Remove(directory, name);
            }

            Create(directory, name, child);
        }
    }

    private static void RemoveNew(LinuxDirectory directory, SnapshotNode node)
    {
        Dictionary<byte[], SnapshotNode>.AlternateLookup<ReadOnlySpan<byte>> known = node.Children.GetAlternateLookup<ReadOnlySpan<byte>>();
        bool removedSome = true;
        while (removedSome) // names may be passed over while others are removed: look again until a pass finds nothing
        {
            removedSome = false;
            DirectoryReader names = directory.ReadNames();
            while (names.TryNext(out ReadOnlySpan<byte> name))
            {
                if (!known.ContainsKey(name))
                {
                    TreeRemoval.Remove(directory, name.ToArray());
                    removedSome = true;
                }
            }
        }
    }

    private bool IsUnchanged(LinuxDirectory directory, byte[] name, FileStatus status, SnapshotNode node)
    {
        if (status.Kind != node.Kind)
        {
            return false;
        }

        switch (node.Kind)
        {
            case FileKind.Regular when status.Size != node.Size || status.Links != 1:
                return false; // another link to it may be outside what is put back
            case FileKind.Regular:
                using (FileDescriptor file = OpenToRead(directory, name, status.Mode))
                {
                    return _store.HoldsSame(file, node);
                }

            case FileKind.Link:
                return directory.ReadLink(name).AsSpan().SequenceEqual(node.LinkTarget);
            default:
                return true;
        }
    }

    private void Create(LinuxDirectory directory, byte[] name, SnapshotNode node)
    {
        switch (node.Kind)
        {
            case FileKind.Directory:
                directory.MakeDirectory(name, OwnerAll);
                break;
            case FileKind.Link:
                directory.MakeLink(name, node.LinkTarget);
                break;
            case FileKind.Regular:
                using (FileDescriptor file = directory.OpenFile(name, OpenFlags.WriteOnly | OpenFlags.Create | OpenFlags.Exclusive, OwnerAll))
                {
                    _store.CopyTo(file, node);
                }

                SetMode(directory, name, node.Mode);
                break;
            default:
                directory.MakeSpecial(name, node.Kind, node.Mode);
                break;
        }
    }

    private static FileDescriptor OpenToRead(LinuxDirectory directory, ReadOnlySpan<byte> name, int mode)
    {
        if (directory.TryOpen(name, OpenFlags.ReadOnly, 0, out int error) is { } file)
        {
            return file;
        }

        if (error != Errno.AccessDenied)
        {
            throw new LinuxException("openat", error);
        }

        SetMode(directory, name, mode | OwnerAll);
        file = directory.OpenFile(name, OpenFlags.ReadOnly);
        SetMode(directory, name, mode);
        return file;
    }

    /// <summary>Asks first: the folder may be one that only another user may change, and is as it should be.</summary>
    private static void SetMode(LinuxDirectory directory, ReadOnlySpan<byte> name, int mode)
    {
        int error = directory.Status(name)?.Mode == mode ? 0 : directory.ChangeMode(name, mode);
        if (error != 0)
        {
            throw new LinuxException("fchmodat", error);
        }
    }
}
