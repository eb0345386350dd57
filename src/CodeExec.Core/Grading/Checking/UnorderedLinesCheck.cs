using System.Buffers;
using System.Security.Cryptography;

namespace CodeExec.Core.Grading.Checking;

/// <summary>The same lines, each as often, in any order. Keeps a hash of each line, not the lines.</summary>
internal sealed class UnorderedLinesCheck : OutputCheck
{
    private readonly Dictionary<UInt128, int> _missing = [];
    private readonly ArrayBufferWriter<byte> _open = new();
    private long _surplus;

    public UnorderedLinesCheck(ReadOnlyMemory<byte> expected)
    {
        foreach (Range line in expected.Span.Split((byte)'\n'))
        {
            if (Hash(expected.Span[line]) is { } hash)
            {
                _missing[hash] = _missing.GetValueOrDefault(hash) + 1;
            }
        }
    }

    public override void Add(ReadOnlySpan<byte> output)
    {
        int end;
        while ((end = output.IndexOf((byte)'\n')) >= 0)
        {
            _open.Write(output[..end]);
            EndLine();
            output = output[(end + 1)..];
        }

        _open.Write(output);
    }

    public override CheckResult Complete()
    {
        EndLine();
        long missing = _missing.Values.Sum(count => (long)count);
        return missing == 0 && _surplus == 0 ? CheckResult.Accepted : CheckResult.Wrong($"{missing} of the expected lines are missing, {_surplus} were not expected.");
    }

    private void EndLine()
    {
        if (Hash(_open.WrittenSpan) is { } hash)
        {
            if (_missing.GetValueOrDefault(hash) is > 0 and int left)
            {
                _missing[hash] = left - 1;
            }
            else
            {
                _surplus++;
            }
        }

        _open.ResetWrittenCount();
    }

    /// <returns>Null for an empty line.</returns>
    private static UInt128? Hash(ReadOnlySpan<byte> line)
    {
        ReadOnlySpan<byte> kept = WhiteSpace.TrimEnd(line);
        if (kept.IsEmpty)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(kept, hash);
        return System.Buffers.Binary.BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
