using System.Runtime.CompilerServices;
using CodeExec.Core.Progress;
using Microsoft.Win32.SafeHandles;

namespace CodeExec.Storage.Local.Progress;

/// <summary>
/// Reads the file of a feed from any sequence. Lines are in order, so their place is found by halving: no index is kept, and none can be
/// wrong. Only lines that have ended are read.
/// </summary>
internal sealed class FeedFileReader(SafeFileHandle file)
{
    private const int Block = 64 * 1024;

    public async IAsyncEnumerable<LogEntry> ReadAfterAsync(long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long offset = FindLineBefore(after);
        byte[] buffer = new byte[Block];
        int filled = 0;
        while (true)
        {
            int read = await RandomAccess.ReadAsync(file, buffer.AsMemory(filled), offset, cancellationToken);
            if (read == 0)
            {
                yield break;
            }
            offset += read;
            filled += read;
            int start = 0;
            while (buffer.AsSpan(start, filled - start).IndexOf(FeedLine.End) is >= 0 and int length)
            {
                if (FeedLine.Read(buffer.AsSpan(start, length)) is not { } entry)
                {
                    yield break;
                }
                if (entry.Sequence > after)
                {
                    yield return entry;
                }
                start += length + 1;
            }
            filled -= start;
            buffer.AsSpan(start, filled).CopyTo(buffer);
            if (filled == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }
        }
    }

    /// <returns>The offset of a line whose sequence is not above, and not far before the first that is.</returns>
    private long FindLineBefore(long after)
    {
        long low = 0;
        long high = after < 1 ? 0 : RandomAccess.GetLength(file);
        while (high - low > Block)
        {
            long middle = low + ((high - low) / 2);
            long line = NextLine(middle, high);
            if (line < high && SequenceAt(line) <= after)
            {
                low = line;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    private long NextLine(long offset, long end)
    {
        byte[] block = new byte[4096];
        while (offset < end)
        {
            int read = RandomAccess.Read(file, block, offset);
            if (read == 0)
            {
                break;
            }
            if (block.AsSpan(0, read).IndexOf(FeedLine.End) is >= 0 and int index)
            {
                return offset + index + 1;
            }
            offset += read;
        }
        return end;
    }

    /// <returns>A sequence above all if what stands there is not a line of ours, so that the search goes to the left of it.</returns>
    private long SequenceAt(long offset)
    {
        Span<byte> start = stackalloc byte[FeedLine.SequenceIn];
        int read = RandomAccess.Read(file, start, offset);
        return FeedLine.SequenceOf(start[..read]) ?? long.MaxValue;
    }
}
