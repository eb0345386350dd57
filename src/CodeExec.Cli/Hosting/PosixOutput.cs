using System.Runtime.InteropServices;

namespace CodeExec.Cli.Hosting;

/// <summary>
/// Standard output or error by write(2). The console's own stream says nothing when the reader has gone, and a file stream keeps a
/// position of its own, which two streams into one file (<c>&gt; log 2&gt;&amp;1</c>) must not have.
/// </summary>
internal sealed partial class PosixOutput(int file) : Stream
{
    private const int Interrupted = 4;
    private const int TryAgain = 11;
    private const short Writable = 4;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <exception cref="IOException">The reader has gone, or the disk is full.</exception>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            nint written = WriteFile(file, buffer, buffer.Length);
            if (written >= 0)
            {
                buffer = buffer[(int)written..];
                continue;
            }
            int error = Marshal.GetLastPInvokeError();
            if (error == TryAgain)
            {
                PollItem item = new() { File = file, Wanted = Writable };
                _ = Poll(ref item, 1, -1); // whoever opened it made it non-blocking; wait for room
            }
            else if (error != Interrupted)
            {
                throw new IOException(Marshal.GetPInvokeErrorMessage(error));
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteFile(int file, ReadOnlySpan<byte> buffer, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollItem items, nuint count, int timeout);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollItem
    {
        public int File;
        public short Wanted;
        public short Happened;
    }
}
