using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CodeExec.Linux;

namespace CodeExec.Runner.Processes;

/// <summary>The processes this runner can see, from /proc.</summary>
internal sealed class ProcessTable : IDisposable
{
    private readonly LinuxDirectory _proc;
    private readonly DirectoryReader _names;
    private readonly int _own = CurrentProcess.Id;
    private readonly byte[] _buffer = new byte[1024];

    public ProcessTable()
    {
        _proc = LinuxDirectory.Open("/proc");
        _names = _proc.ReadNames();
    }

    /// <summary>Every process but this one that is wanted. One that ends meanwhile may or may not be among them.</summary>
    public List<ProcessStat> Read(Func<int, bool>? isWanted = null)
    {
        List<ProcessStat> found = [];
        _names.Rewind();
        while (_names.TryNext(out ReadOnlySpan<byte> name))
        {
            bool isProcess = Utf8Parser.TryParse(name, out int pid, out int used) && used == name.Length && pid != _own;
            if (isProcess && isWanted?.Invoke(pid) != false && Find(pid) is { } stat)
            {
                found.Add(stat);
            }
        }

        return found;
    }

    /// <summary>Null when there is no such process.</summary>
    public ProcessStat? Find(int pid)
    {
        int length = ReadFile(pid, "stat", _buffer);
        return length > 0 ? ProcessStat.Parse(pid, _buffer.AsSpan(0, length)) : null;
    }

    /// <summary>Memory with shared pages divided among those who share them; null where the kernel does not tell.</summary>
    public long? ProportionalBytes(int pid)
    {
        int length = ReadFile(pid, "smaps_rollup", _buffer);
        ReadOnlySpan<byte> text = _buffer.AsSpan(0, Math.Max(0, length));
        int at = text.IndexOf("\nPss:"u8);
        return at >= 0 && Utf8Parser.TryParse(text[(at + 5)..].TrimStart((byte)' '), out long kibibytes, out _) ? kibibytes * 1024 : null;
    }

    public void Dispose() => _proc.Dispose();

    private int ReadFile(int pid, string file, Span<byte> buffer)
    {
        byte[] path = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{pid}/{file}"));
        using FileDescriptor? descriptor = _proc.TryOpen(path, OpenFlags.ReadOnly, 0, out _);
        try
        {
            return descriptor?.Read(buffer) ?? 0;
        }
        catch (LinuxException error) when (error.Errno == Errno.NoProcess)
        {
            return 0; // it ended between the opening and the reading
        }
    }
}
