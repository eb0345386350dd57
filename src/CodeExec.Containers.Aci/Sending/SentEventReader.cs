using System.Runtime.CompilerServices;
using System.Text;
using CodeExec.Containers.Aci.Following;
using CodeExec.Protocol;

namespace CodeExec.Containers.Aci.Sending;

/// <summary>Reads what a sender has written (<see cref="SealedEvents"/>), a piece at a time.</summary>
internal static class SentEventReader
{
    private const int LongestHeader = 8192;
    private const int LongestLine = 1 << 20;

    /// <param name="findKey">From the header.</param>
    /// <exception cref="InvalidDataException">It is not what a sender writes.</exception>
    public static async IAsyncEnumerable<RunnerEvent> ReadAsync(Stream sent, Func<string, byte[]> findKey, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await ReadHeaderAsync(sent, cancellationToken) is not { } header)
        {
            yield break; // it was only just made
        }

        using SealedEvents events = new(findKey(header));
        byte[] prefix = new byte[SealedEvents.PrefixBytes];
        List<byte> begun = [];
        while (await sent.ReadAtLeastAsync(prefix, prefix.Length, throwOnEndOfStream: false, cancellationToken) == prefix.Length)
        {
            byte[] piece = new byte[SealedEvents.LengthIn(prefix)];
            await sent.ReadExactlyAsync(piece, cancellationToken);
            events.Open(prefix, piece);
            int start = 0;
            int end;
            while ((end = piece.AsSpan(start).IndexOf((byte)'\n')) >= 0)
            {
                begun.AddRange(piece.AsSpan(start, end));
                start += end + 1;
                RunnerEvent said = EventLine.TryRead([.. begun]) ?? throw new InvalidDataException("What was sent is no event.");
                begun.Clear();
                yield return said;
            }

            begun.AddRange(piece.AsSpan(start));
            if (begun.Count > LongestLine)
            {
                throw new InvalidDataException("What was sent is an endless line.");
            }
        }
    }

    private static async Task<string?> ReadHeaderAsync(Stream sent, CancellationToken cancellationToken)
    {
        List<byte> header = [];
        byte[] one = new byte[1];
        while (await sent.ReadAsync(one, cancellationToken) == 1)
        {
            if (one[0] == '\n')
            {
                return Encoding.UTF8.GetString([.. header]);
            }

            if (header.Count == LongestHeader)
            {
                throw new InvalidDataException("What was sent has no header.");
            }

            header.Add(one[0]);
        }

        return null;
    }
}
