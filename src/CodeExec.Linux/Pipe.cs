namespace CodeExec.Linux;

/// <summary>A one-way pipe; both ends close on exec.</summary>
public sealed record Pipe(FileDescriptor ReadEnd, FileDescriptor WriteEnd) : IDisposable
{
    public static unsafe Pipe Create()
    {
        int* ends = stackalloc int[2];
        return Libc.Pipe2(ends, Libc.CloseOnExec) < 0
            ? throw LinuxException.Last("pipe2")
            : new Pipe(new FileDescriptor(ends[0]), new FileDescriptor(ends[1]));
    }

    public void Dispose()
    {
        ReadEnd.Dispose();
        WriteEnd.Dispose();
    }
}
