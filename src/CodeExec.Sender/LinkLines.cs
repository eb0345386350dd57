using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Sender;

/// <summary>The first three lines that come: address, header, key. None: nothing is to be sent.</summary>
internal static class LinkLines
{
    private const int LongestLine = 8192;

    public static JobLink? Read(Stream input)
        => ReadLine(input) is { } address ? new(address, ReadLine(input) ?? throw Incomplete(), Convert.FromBase64String(ReadLine(input) ?? throw Incomplete())) : null;

    // Byte by byte: what follows is not ours.
    private static string? ReadLine(Stream input)
    {
        List<byte> line = [];
        int next;
        while ((next = input.ReadByte()) != '\n')
        {
            if (next < 0 && line.Count == 0)
            {
                return null;
            }

            if (next < 0 || line.Count == LongestLine)
            {
                throw Incomplete();
            }

            line.Add((byte)next);
        }

        return Encoding.UTF8.GetString([.. line]);
    }

    private static InvalidDataException Incomplete() => new("No link came.");
}
