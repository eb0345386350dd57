using System.Text;
using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;

namespace CodeExec.Runner.Displays;

/// <summary>
/// Sends what programs show, while they run and at their end. What stands in the folder is not trusted: no link is followed, nothing but
/// regular files is read, and how much of all is bounded.
/// </summary>
internal sealed class DisplayFeed : IDisposable
{
    private const int FolderMode = 0b111_101_101;

    /// <summary>A file that has not changed for so long is complete, as far as one can tell while its program runs.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly HostLink _host;
    private readonly DisplayFolder _folder;
    private readonly DisplaySender _sender;
    private TimeSpan _nextLook = MonotonicClock.Now + Pause;

    private DisplayFeed(HostLink host, LinuxDirectory folder, JobDisplays allowed)
    {
        _host = host;
        _folder = new DisplayFolder(folder);
        _sender = new DisplaySender(host, _folder, allowed);
    }

    /// <summary>When it wants to look although nothing else happens: soon, while there is a file that it has not sent.</summary>
    public TimeSpan WakeAt => _folder.HasFresh ? _nextLook : TimeSpan.MaxValue;

    /// <summary>Makes the folder. Null where nobody wants to see anything, or none can be made; that is told.</summary>
    /// <param name="parent">The folder's own, if somebody else has opened it.</param>
    public static DisplayFeed? Begin(HostLink host, JobDisplays? wanted, LinuxDirectory? parent = null)
    {
        if (wanted is null)
        {
            return null;
        }

        int cut = wanted.Folder.LastIndexOf('/');
        byte[] name = Encoding.UTF8.GetBytes(wanted.Folder[(cut + 1)..]);
        using LinuxDirectory? opened = parent is null ? LinuxDirectory.TryOpen(wanted.Folder[..cut]) : null;
        try
        {
            LinuxDirectory? above = parent ?? opened;
            above?.MakeDirectory(name, FolderMode);
            if (above?.TryOpenDirectory(name, out _) is { } folder)
            {
                return new DisplayFeed(host, folder, wanted);
            }
        }
        catch (LinuxException)
        {
            // Told below, like a parent that is not there.
        }

        host.Events.FileRefused(wanted.Folder, FilePurpose.Display, "The folder for what is shown can not be made here.");
        return null;
    }

    /// <summary>While programs run: never waits, and reads little.</summary>
    public void Look(TimeSpan now)
    {
        if (now >= _nextLook)
        {
            _nextLook = now + Pause;
            _sender.Enqueue(_folder.Look(isEnd: false));
        }

        while (!_host.IsBehind && _sender.SendPiece())
        {
        }
    }

    /// <summary>Once no program runs: all that is there is complete.</summary>
    public void SendRest()
    {
        _sender.Enqueue(_folder.Look(isEnd: true));
        while (!_host.StopRequested && _sender.SendPiece())
        {
            _host.WaitWhileBehind();
        }
    }

    public void Dispose()
    {
        _sender.Dispose();
        _folder.Dispose();
    }
}
