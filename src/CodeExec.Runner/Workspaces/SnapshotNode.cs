using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>One name of a tree as it was when the snapshot was taken.</summary>
internal sealed class SnapshotNode(FileKind kind, int mode)
{
    public FileKind Kind => kind;

    public int Mode => mode;

    /// <summary>Of a regular file: where its bytes are kept.</summary>
    public long ContentStart { get; init; }

    public long Size { get; init; }

    public byte[]? LinkTarget { get; init; }

    /// <summary>Of a directory.</summary>
    public Dictionary<byte[], SnapshotNode> Children { get; } = new(ByteNames.Comparer);
}
