namespace CodeExec.Linux;

/// <summary>Lists a directory by getdents64: names as bytes.</summary>
internal static unsafe class DirectoryNames
{
    private const int BufferSize = 16 * 1024;
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    public static List<byte[]> Read(FileDescriptor directory)
    {
        if (Libc.LSeek(directory.Value, 0, 0) < 0)
        {
            throw LinuxException.Last("lseek");
        }

        List<byte[]> names = [];
        byte* buffer = stackalloc byte[BufferSize];
        nint filled;
        while ((filled = Libc.GetDents(directory.Value, buffer, BufferSize)) > 0)
        {
            for (byte* entry = buffer; entry < buffer + filled; entry += *(ushort*)(entry + LengthOffset))
            {
                int room = *(ushort*)(entry + LengthOffset) - NameOffset;
                ReadOnlySpan<byte> name = new(entry + NameOffset, room);
                name = name[..name.IndexOf((byte)0)];
                if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
                {
                    names.Add(name.ToArray());
                }
            }
        }

        return filled == 0 ? names : throw LinuxException.Last("getdents64");
    }
}
