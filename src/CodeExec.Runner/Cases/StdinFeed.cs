using CodeExec.Linux;

namespace CodeExec.Runner.Cases;

/// <summary>Feeds a program's stdin as fast as it reads. One that closes it early is no error.</summary>
internal sealed class StdinFeed : IDisposable
{
    private readonly FileDescriptor _pipe;
    private readonly byte[] _data;
    private int _offset;

    public StdinFeed(FileDescriptor pipe, byte[] data)
    {
        _pipe = pipe;
        _data = data;
        _pipe.SetNonBlocking();
        Feed();
    }

    public bool IsDone { get; private set; }

    public PollEntry Entry => IsDone ? new PollEntry(-1, PollEvents.None) : new PollEntry(_pipe.Value, PollEvents.Out);

    /// <summary>Writes what the pipe takes, and closes it after the last byte.</summary>
    public void Feed()
    {
        try
        {
            while (_offset < _data.Length)
            {
                int written = _pipe.Write(_data.AsSpan(_offset));
                if (written < 0)
                {
                    return;
                }

                _offset += written;
            }
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            _offset = _data.Length; // nobody will read the rest
        }

        Dispose();
    }

    public void Dispose()
    {
        IsDone = true;
        _pipe.Dispose();
    }
}
