namespace CodeExec.Linux;

/// <summary>struct msghdr as glibc lays it out on 64-bit machines.</summary>
internal unsafe struct MessageHeader
{
    public void* Name;
    public int NameLength;
    public IoVector* Vectors;
    public nint VectorCount;
    public byte* Control;
    public nint ControlLength;
    public int Flags;
}
