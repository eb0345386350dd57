using CodeExec.Linux;
using CodeExec.Protocol;
using CodeExec.Runner.Hosting;
using CodeExec.Runner.Workspaces;

namespace CodeExec.Runner.Displays;

/// <summary>Sends one file after another, piece by piece, as far as is allowed. What is not sent is told once, with its reason.</summary>
internal sealed class DisplaySender(HostLink host, DisplayFolder folder, JobDisplays allowed) : IDisposable
{
    /// <summary>A program may draw a chart anew for as long as it runs.</summary>
    private const int MostSendings = 10;

    private const int MostRefusals = 20;

    private readonly Queue<byte[]> _waiting = new();
    private readonly HashSet<byte[]> _queued = new(ByteNames.Comparer);
    private readonly HashSet<byte[]> _names = new(ByteNames.Comparer);
    private readonly HashSet<byte[]> _refused = new(ByteNames.Comparer);
    private long _bytesLeft = allowed.TotalBytes;
    private int _sendingsLeft = allowed.Count * MostSendings;
    private byte[]? _chunk;
    private FileDescriptor? _file;
    private string _path = "";
    private long _left;

    public void Enqueue(IEnumerable<byte[]> names)
    {
        foreach (byte[] name in names)
        {
            if (_queued.Add(name))
            {
                _waiting.Enqueue(name);
            }
        }
    }

    /// <summary>False when there is nothing left to send.</summary>
    public bool SendPiece()
    {
        if (_file is null)
        {
            return _waiting.TryDequeue(out byte[]? next) && TryBegin(next);
        }

        _chunk ??= new byte[FileCollector.ChunkSize];
        int read = _left == 0 ? 0 : _file.Read(_chunk.AsSpan(0, (int)Math.Min(_chunk.Length, _left)));
        _left = read <= 0 ? 0 : _left - read; // cut short by its program: it has changed, then, and comes again
        host.Events.File(_path, FilePurpose.Display, _chunk.AsSpan(0, Math.Max(0, read)), executable: false, last: _left == 0);
        if (_left == 0)
        {
            _file.Dispose();
            _file = null;
        }

        return true;
    }

    public void Dispose() => _file?.Dispose();

    /// <summary>Always true: there may be another.</summary>
    private bool TryBegin(byte[] name)
    {
        _queued.Remove(name);
        FileDescriptor? file = folder.TryOpen(name, out FileStatus? status);
        if (status is not { } found)
        {
            return true; // gone
        }

        if (WhyNot(name, file, found) is { } reason)
        {
            Refuse(name, reason);
            file?.Dispose();
            return true;
        }

        _file = file;
        _path = FileCollector.Shown(name);
        _left = found.Size;
        _bytesLeft -= found.Size;
        _sendingsLeft--;
        _names.Add(name);
        return true;
    }

    private string? WhyNot(byte[] name, FileDescriptor? file, FileStatus found)
        => found.Kind != FileKind.Regular ? $"It is {FileCollector.NameOf(found.Kind)}, not a regular file."
            : file is null ? "It can not be opened."
            : FileCollector.Shown(name).Contains(FileCollector.Replacement) ? "Its name is not valid UTF-8."
            : found.Size > allowed.FileBytes ? $"It has {found.Size} bytes; {allowed.FileBytes} may be shown at once."
            : found.Size > _bytesLeft ? $"It has {found.Size} bytes, and of the {allowed.TotalBytes} that may be shown {_bytesLeft} are left."
            : !_names.Contains(name) && _names.Count >= allowed.Count ? $"There are {allowed.Count} already; this and further ones are left out."
            : _sendingsLeft == 0 ? "It has changed too often; this and further changes are left out."
            : null;

    private void Refuse(byte[] name, string reason)
    {
        if (_refused.Count < MostRefusals && _refused.Add(name))
        {
            host.Events.FileRefused(FileCollector.Shown(name), FilePurpose.Display, reason);
        }
    }
}
