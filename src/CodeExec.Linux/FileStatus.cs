namespace CodeExec.Linux;

/// <summary>What a name in a directory is (statx, links not followed).</summary>
/// <param name="Mode">The permission bits alone.</param>
/// <param name="ChangedAt">When content or metadata last changed (ctime), in nanoseconds: no program can set it back.</param>
public readonly record struct FileStatus(FileKind Kind, int Mode, long Size, ulong Inode, ulong Device, uint Links, long ChangedAt)
{
    internal const int BufferSize = 256;

    internal static unsafe FileStatus Parse(byte* statx)
    {
        ushort mode = *(ushort*)(statx + 28);
        return new FileStatus(
            (FileKind)(mode & 0xf000),
            mode & 0xfff,
            *(long*)(statx + 40),
            *(ulong*)(statx + 32),
            ((ulong)*(uint*)(statx + 136) << 32) | *(uint*)(statx + 140),
            *(uint*)(statx + 16),
            (*(long*)(statx + 96) * 1_000_000_000) + *(uint*)(statx + 104));
    }
}
