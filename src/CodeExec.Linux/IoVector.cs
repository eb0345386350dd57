namespace CodeExec.Linux;

/// <summary>The kernel's struct iovec.</summary>
internal unsafe struct IoVector
{
    public byte* Start;
    public nint Length;
}
