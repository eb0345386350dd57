using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Unicode;

namespace CodeExec.Core.Grading.Checking;

/// <summary>The same lines or words, each as often, in any order. Keeps a hash of each, not the texts.</summary>
internal sealed class UnorderedCheck : OutputCheck
{
    private static readonly SearchValues<byte> LineEnd = SearchValues.Create("\n"u8);

    private readonly Dictionary<UInt128, int> _missing = [];
    private readonly ArrayBufferWriter<byte> _open = new();
    private readonly SearchValues<byte> _ends;
    private readonly string _parts;
    private readonly bool _ignoreCase;
    private long _surplus;

    private UnorderedCheck(ReadOnlyMemory<byte> expected, SearchValues<byte> ends, string parts, bool ignoreCase)
    {
        _ends = ends;
        _parts = parts;
        _ignoreCase = ignoreCase;
        foreach (Range part in expected.Span.SplitAny(ends))
        {
            if (Hash(expected.Span[part]) is { } hash)
            {
                _missing[hash] = _missing.GetValueOrDefault(hash) + 1;
            }
        }
    }

    public static UnorderedCheck Lines(ReadOnlyMemory<byte> expected, bool ignoreCase) => new(expected, LineEnd, "lines", ignoreCase);

    public static UnorderedCheck Words(ReadOnlyMemory<byte> expected, bool ignoreCase) => new(expected, WhiteSpace.Values, "words", ignoreCase);

    public override void Add(ReadOnlySpan<byte> output)
    {
        int end;
        while ((end = output.IndexOfAny(_ends)) >= 0)
        {
            _open.Write(output[..end]);
            EndPart();
            output = output[(end + 1)..];
        }

        _open.Write(output);
    }

    public override CheckResult Complete()
    {
        EndPart();
        long missing = _missing.Values.Sum(count => (long)count);
        return missing == 0 && _surplus == 0 ? CheckResult.Accepted : CheckResult.Wrong($"{missing} of the expected {_parts} are missing, {_surplus} were not expected.");
    }

    private void EndPart()
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

    /// <returns>Null for an empty one.</returns>
    private UInt128? Hash(ReadOnlySpan<byte> part)
    {
        ReadOnlySpan<byte> kept = WhiteSpace.TrimEnd(part);
        if (kept.IsEmpty)
        {
            return null;
        }

        if (_ignoreCase && Utf8.IsValid(kept))
        {
            kept = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(kept).ToUpperInvariant());
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(kept, hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
