using CodeExec.Core.Progress;
using CodeExec.Storage.Local.Folders;
using Microsoft.Win32.SafeHandles;

namespace CodeExec.Storage.Local.Progress;

/// <summary>The file of a feed that is open for writing: lines are added at its end.</summary>
internal sealed class FeedFile : IDisposable
{
    private const int Block = 16 * 1024;

    private readonly FileStream _file;
    private bool _isNew;

    private FeedFile(FileStream file, bool isNew)
    {
        _file = file;
        _isNew = isNew;
    }

    /// <summary>Where the next line begins.</summary>
    public long Length { get; private set; }

    /// <summary>The sequence of the last whole line; 0 if there is none.</summary>
    public long Last { get; private set; }

    private SafeFileHandle Handle => _file.SafeFileHandle;

    public static FeedFile Create(string path)
    {
        string shard = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(shard))
        {
            Directory.CreateDirectory(shard);
            DurableFiles.FlushFolder(Path.GetDirectoryName(shard)!);
        }
        return new(DurableFiles.CreateNew(path), isNew: true);
    }

    /// <summary>Opens what an earlier life of the process left, and cuts off a line that it did not end.</summary>
    public static FeedFile? TryOpen(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        FeedFile file = new(DurableFiles.OpenOrCreate(path), isNew: false);
        try
        {
            file.CutTornEnd();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Into the kernel's memory, which outlives this process; no thread is worth giving up for so short a time.</summary>
    public void Append(ReadOnlySpan<byte> lines, long last)
    {
        // At an offset that moves only on success: what a failed write left is written over by the next one.
        RandomAccess.Write(Handle, lines, Length);
        Length += lines.Length;
        Last = last;
    }

    public void Flush()
    {
        RandomAccess.FlushToDisk(Handle);
        if (_isNew)
        {
            DurableFiles.FlushFolder(Path.GetDirectoryName(_file.Name)!);
            _isNew = false;
        }
    }

    public void Dispose() => _file.Dispose();

    private void CutTornEnd()
    {
        long end = LastEnd(RandomAccess.GetLength(Handle));
        while (end > 0)
        {
            long start = LastEnd(end - 1);
            byte[] line = new byte[end - start - 1];
            if (ReadFully(line, start) && FeedLine.Read(line) is LogEntry entry)
            {
                Last = entry.Sequence;
                break;
            }
            end = start;
        }
        Length = end;
        RandomAccess.SetLength(Handle, end);
    }

    /// <returns>The offset behind the last end of a line before another offset; 0 if there is none.</returns>
    private long LastEnd(long before)
    {
        byte[] block = new byte[Block];
        while (before > 0)
        {
            long from = Math.Max(0, before - Block);
            Span<byte> read = block.AsSpan(0, (int)(before - from));
            if (ReadFully(read, from) && read.LastIndexOf(FeedLine.End) is >= 0 and int index)
            {
                return from + index + 1;
            }
            before = from;
        }
        return 0;
    }

    private bool ReadFully(Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            int read = RandomAccess.Read(Handle, buffer, offset);
            if (read == 0)
            {
                return false;
            }
            buffer = buffer[read..];
            offset += read;
        }
        return true;
    }
}
