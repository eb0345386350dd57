using CodeExec.Linux;

namespace CodeExec.Runner.Cases;

/// <summary>Feeds a program's stdin as fast as it reads. One that closes it early is no error.</summary>
internal sealed class StdinFeed : IDisposable
{
    private readonly FileDescriptor _pipe;
    private readonly StdinBuffer _data;

    public StdinFeed(FileDescriptor pipe, StdinBuffer data)
    {
        _pipe = pipe;
        _data = data;
        _pipe.SetNonBlocking();
        Feed();
    }

    public bool IsDone { get; private set; }

    /// <summary>The host may have sent more since.</summary>
    public bool MayHaveMore { get; private set; }

    public PollEntry Entry => IsDone || _data.Unread.IsEmpty ? new PollEntry(-1, PollEvents.None) : new PollEntry(_pipe.Value, PollEvents.Out);

    /// <summary>Writes what the pipe takes, and closes it after the last byte.</summary>
    public void Feed()
    {
        if (IsDone)
        {
            return;
        }

        try
        {
            while (!_data.Unread.IsEmpty)
            {
                int written = _pipe.Write(_data.Unread);
                if (written < 0)
                {
                    return;
                }

                _data.Took(written);
            }
        }
        catch (LinuxException error) when (error.Errno == Errno.BrokenPipe)
        {
            Dispose(); // nobody will read the rest
            return;
        }

        MayHaveMore = !_data.IsComplete;
        if (!MayHaveMore)
        {
            Dispose();
        }
    }

    public void Dispose()
    {
        IsDone = true;
        MayHaveMore = false;
        _data.Drop();
        _pipe.Dispose();
    }
}
