namespace CodeExec.Linux;

/// <summary>What is left on a file system (fstatfs).</summary>
public readonly record struct FileSystemSpace(long BlockSize, long FreeBlocks, long Inodes, long FreeInodes)
{
    /// <summary>Nothing more can be written or made. A file system without a limit on inodes says it has none at all.</summary>
    public bool IsFull => FreeBlocks == 0 || (Inodes > 0 && FreeInodes == 0);

    public static unsafe FileSystemSpace Of(FileDescriptor file)
    {
        const int StructLongs = 32;
        long* found = stackalloc long[StructLongs]; // f_type, f_bsize, f_blocks, f_bfree, f_bavail, f_files, f_ffree …
        return Libc.FStatFs(file.Value, found) < 0
            ? throw LinuxException.Last("fstatfs")
            : new FileSystemSpace(found[1], found[4], found[5], found[6]);
    }
}
