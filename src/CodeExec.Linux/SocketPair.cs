namespace CodeExec.Linux;

/// <summary>Two connected Unix sockets; both close on exec.</summary>
public sealed record SocketPair(FileDescriptor First, FileDescriptor Second) : IDisposable
{
    /// <summary>Keeps message boundaries: what <see cref="UnixMessage"/> needs.</summary>
    public static SocketPair CreateSequencedPacket() => Create(type: 5);

    /// <summary>A two-way byte stream.</summary>
    public static SocketPair CreateStream() => Create(type: 1);

    public void Dispose()
    {
        First.Dispose();
        Second.Dispose();
    }

    private static unsafe SocketPair Create(int type)
    {
        const int UnixFamily = 1;
        int* ends = stackalloc int[2];
        return Libc.SocketPair(UnixFamily, type | Libc.CloseOnExec, 0, ends) < 0
            ? throw LinuxException.Last("socketpair")
            : new SocketPair(new FileDescriptor(ends[0]), new FileDescriptor(ends[1]));
    }
}
