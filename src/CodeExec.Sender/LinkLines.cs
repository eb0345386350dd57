using System.Text;
using CodeExec.Protocol;

namespace CodeExec.Sender;

/// <summary>The first three lines that come: address, header, key.</summary>
internal static class LinkLines
{
    private const int LongestLine = 8192;

    public static JobLink Read(Stream input)
        => new(ReadLine(input), ReadLine(input), Convert.FromBase64String(ReadLine(input)));

    // Byte by byte: what follows is not ours.
    private static string ReadLine(Stream input)
    {
        List<byte> line = [];
        int next;
        while ((next = input.ReadByte()) != '\n')
        {
            if (next < 0 || line.Count == LongestLine)
            {
                throw new InvalidDataException("No link came.");
            }

            line.Add((byte)next);
        }

        return Encoding.UTF8.GetString([.. line]);
    }
}
