using System.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Protection;

/// <summary>
/// Makes the kernel choose the user's programs, not this runner, when the container's memory runs out. A child inherits its
/// parent's score, so the runner's own is high for the moment of a start, and low again after: always allowed down to where it was.
/// </summary>
internal sealed class OomPreference : IDisposable
{
    private const string Highest = "1000";

    private readonly FileDescriptor? _own;
    private readonly byte[] _before = [];

    /// <summary>To be made before tracing is forbidden: the file belongs to root afterwards.</summary>
    public OomPreference()
    {
        using LinuxDirectory? self = LinuxDirectory.TryOpen("/proc/self"); // a container without /proc starts, and its first case says what is missing
        _own = self?.TryOpen("oom_score_adj"u8, OpenFlags.ReadWrite, 0, out _);
        Span<byte> text = stackalloc byte[16];
        _before = _own is { } file ? text[..Math.Max(0, file.ReadAt(text, 0))].ToArray() : [];
    }

    /// <summary>While this is not disposed, new programs are the first to go.</summary>
    public IDisposable ForNewPrograms()
    {
        _own?.WriteAt(Encoding.ASCII.GetBytes(Highest), 0);
        return this;
    }

    /// <summary>A program that somebody else started. Where that is not allowed, its starter's choice stands.</summary>
    public static void Prefer(int pid)
    {
        using LinuxDirectory proc = LinuxDirectory.Open("/proc");
        using FileDescriptor? file = proc.TryOpen(Encoding.ASCII.GetBytes($"{pid}/oom_score_adj"), OpenFlags.WriteOnly, 0, out _);
        file?.Write(Encoding.ASCII.GetBytes(Highest));
    }

    public void Dispose() => _own?.WriteAt(_before, 0);
}
