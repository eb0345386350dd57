using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>
/// A place in a tree, that moves one level at a time with one open descriptor, however deep the tree is. Only for trees that nothing
/// else changes meanwhile: it trusts "..".
/// </summary>
internal sealed class TreeCursor(LinuxDirectory root) : IDisposable
{
    private const int OwnerAll = 0b111_000_000;

    private readonly List<byte[]> _path = [];
    private LinuxDirectory? _below;

    public LinuxDirectory Here => _below ?? root;

    public int Depth => _path.Count;

    /// <summary>The names from the root to here.</summary>
    public IReadOnlyList<byte[]> Path => _path;

    /// <summary>0, or the error number; then nothing has moved.</summary>
    public int TryEnter(byte[] name)
    {
        if (Here.TryOpenDirectory(name, out int error) is not { } next)
        {
            return error;
        }

        MoveTo(next);
        _path.Add(name);
        return 0;
    }

    /// <summary>Enters a folder to change what is in it, whatever its mode forbids.</summary>
    public void EnterToChange(byte[] name)
    {
        int mode = Here.Status(name)?.Mode ?? 0;
        int error = (mode & OwnerAll) == OwnerAll ? 0 : Here.ChangeMode(name, mode | OwnerAll);
        error = error != 0 ? error : TryEnter(name);
        if (error != 0)
        {
            throw new LinuxException("openat", error);
        }
    }

    /// <summary>The name just left.</summary>
    public byte[] Leave()
    {
        byte[] left = _path[^1];
        _path.RemoveAt(_path.Count - 1);
        if (_path.Count == 0)
        {
            _below?.Dispose();
            _below = null;
        }
        else
        {
            MoveTo(Here.OpenDirectory(".."u8));
        }

        return left;
    }

    public void Dispose() => _below?.Dispose();

    private void MoveTo(LinuxDirectory next)
    {
        _below?.Dispose();
        _below = next;
    }
}
