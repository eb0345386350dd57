namespace CodeExec.Core.Executions.Output;

/// <summary>Parts one stream into lines for the log. A very long line comes in several parts; nothing is held longer than one piece unless its line has not ended.</summary>
public sealed class LineSplitter
{
    /// <summary>The most one entry holds.</summary>
    public const int LongestPart = 8 * 1024;

    private readonly List<byte> _open = [];

    /// <summary>The lines that this piece ended, or parts of one that grew too long.</summary>
    public IEnumerable<OutputLine> Next(ReadOnlyMemory<byte> piece)
    {
        int from = 0;
        while (from < piece.Length)
        {
            int end = piece.Span[from..].IndexOf((byte)'\n');
            int until = end < 0 ? piece.Length : from + end;
            int room = LongestPart - _open.Count;
            if (until - from > room)
            {
                int cut = CutBeforeCharacter(piece.Span, from, from + room);
                yield return Take(piece[from..cut], partial: true);
                from = cut;
                continue;
            }

            if (end < 0)
            {
                _open.AddRange(piece.Span[from..]);
                yield break;
            }

            yield return Take(piece[from..until], partial: false);
            from = until + 1;
        }
    }

    /// <summary>What has come of a line that has not ended: shown when the program pauses, and at its end.</summary>
    public OutputLine? Flush() => _open.Count == 0 ? null : Take(default, partial: true);

    private OutputLine Take(ReadOnlyMemory<byte> more, bool partial)
    {
        byte[] bytes = [.. _open, .. more.Span];
        _open.Clear();
        return new OutputLine(bytes, partial);
    }

    // Not inside a UTF-8 character, where that can be helped.
    private static int CutBeforeCharacter(ReadOnlySpan<byte> bytes, int from, int at)
    {
        int cut = at;
        while (cut > from && at - cut < 3 && (bytes[cut] & 0xC0) == 0x80)
        {
            cut--;
        }

        return cut > from ? cut : at;
    }
}

/// <param name="Partial">The line goes on.</param>
public sealed record OutputLine(byte[] Bytes, bool Partial);
