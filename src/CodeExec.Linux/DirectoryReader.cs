namespace CodeExec.Linux;

/// <summary>Reads the names of a directory piece by piece (getdents64), so that a directory of a million names needs no memory.</summary>
public sealed unsafe class DirectoryReader
{
    private const int BufferSize = 16 * 1024;
    private const int LengthOffset = 16;
    private const int NameOffset = 19;

    private readonly FileDescriptor _directory;
    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferSize);
    private int _filled;
    private int _next;

    internal DirectoryReader(FileDescriptor directory)
    {
        _directory = directory;
        Rewind();
    }

    /// <summary>Starts again, to see what is there now.</summary>
    public void Rewind()
    {
        _filled = _next = 0;
        if (Libc.LSeek(_directory.Value, 0, 0) < 0)
        {
            throw LinuxException.Last("lseek");
        }
    }

    /// <summary>The next name but "." and "..", until the buffer is used again. Names removed since the start may or may not still come.</summary>
    public bool TryNext(out ReadOnlySpan<byte> name)
    {
        while (_next < _filled || Fill())
        {
            ReadOnlySpan<byte> entry = _buffer.AsSpan(_next);
            int length = entry[LengthOffset] | (entry[LengthOffset + 1] << 8);
            _next += length;
            name = entry[NameOffset..length];
            name = name[..name.IndexOf((byte)0)];
            if (!name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8))
            {
                return true;
            }
        }

        name = default;
        return false;
    }

    private bool Fill()
    {
        fixed (byte* buffer = _buffer)
        {
            _filled = (int)Libc.GetDents(_directory.Value, buffer, BufferSize);
        }

        _next = 0;
        return _filled >= 0 ? _filled > 0 : throw LinuxException.Last("getdents64");
    }
}
