namespace CodeExec.Linux;

/// <summary>A name or relative path as the kernel wants it: bytes and a terminating zero, on the stack.</summary>
internal static unsafe class CName
{
    public const int MaxBytes = 4096;

    public static byte* Copy(ReadOnlySpan<byte> name, byte* room)
    {
        if (name.Length >= MaxBytes || name.Contains((byte)0))
        {
            throw new ArgumentException("A path is at most 4,095 bytes, none of them zero.", nameof(name));
        }

        name.CopyTo(new Span<byte>(room, MaxBytes));
        room[name.Length] = 0;
        return room;
    }
}
