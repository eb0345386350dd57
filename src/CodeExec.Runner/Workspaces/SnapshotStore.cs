using CodeExec.Linux;

namespace CodeExec.Runner.Workspaces;

/// <summary>The bytes of a snapshot's files, in a file that has no name, so that no program can reach it.</summary>
internal sealed class SnapshotStore : IDisposable
{
    private const int ChunkSize = 64 * 1024;

    private readonly FileDescriptor _store = FileDescriptor.CreateInMemory();
    private readonly byte[] _chunk = new byte[ChunkSize];
    private readonly byte[] _other = new byte[ChunkSize];
    private long _end;

    /// <summary>Where the file's bytes begin, and how many there are.</summary>
    public (long Start, long Size) Add(FileDescriptor file)
    {
        long start = _end;
        int read;
        while ((read = file.Read(_chunk)) > 0)
        {
            WriteAllAt(_chunk.AsSpan(0, read), _end);
            _end += read;
        }

        return (start, _end - start);
    }

    public bool HoldsSame(FileDescriptor file, SnapshotNode node)
    {
        for (long done = 0; done < node.Size;)
        {
            int wanted = (int)Math.Min(ChunkSize, node.Size - done);
            int kept = _store.ReadAt(_chunk.AsSpan(0, wanted), node.ContentStart + done);
            int found = file.ReadAt(_other.AsSpan(0, kept), done);
            if (!_chunk.AsSpan(0, kept).SequenceEqual(_other.AsSpan(0, found)))
            {
                return false;
            }

            done += kept;
        }

        return true;
    }

    public void CopyTo(FileDescriptor file, SnapshotNode node)
    {
        for (long done = 0; done < node.Size;)
        {
            int wanted = (int)Math.Min(ChunkSize, node.Size - done);
            int kept = _store.ReadAt(_chunk.AsSpan(0, wanted), node.ContentStart + done);
            file.WriteAll(_chunk.AsSpan(0, kept));
            done += kept;
        }
    }

    public void Dispose() => _store.Dispose();

    private void WriteAllAt(ReadOnlySpan<byte> data, long offset)
    {
        while (!data.IsEmpty)
        {
            int written = _store.WriteAt(data, offset);
            data = data[written..];
            offset += written;
        }
    }
}
