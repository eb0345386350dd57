using System.Buffers;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Word by word, whatever white space is between them.</summary>
internal class TokenCheck(ReadOnlyMemory<byte> expected) : OutputCheck
{
    /// <summary>So much longer than the expected one may a word be before it is given up: a number has many ways to be written.</summary>
    private const int Slack = 4096;

    private readonly ArrayBufferWriter<byte> _open = new();
    private int _at;
    private long _count;
    private string? _difference;

    public override void Add(ReadOnlySpan<byte> output)
    {
        while (_difference is null && output.Length > 0)
        {
            int length = output.IndexOfAny(WhiteSpace.Values);
            if (length < 0)
            {
                Hold(output);
                return;
            }

            if (_open.WrittenCount == 0)
            {
                CompareUnlessEmpty(output[..length]);
            }
            else
            {
                Hold(output[..length]);
                EndOpen();
            }

            int next = output[length..].IndexOfAnyExcept(WhiteSpace.Values);
            output = next < 0 ? [] : output[(length + next)..];
        }
    }

    public override CheckResult Complete()
    {
        EndOpen();
        if (_difference is null && !NextExpected().IsEmpty)
        {
            _difference = $"Ends after {_count} words; more were expected.";
        }

        return _difference is null ? CheckResult.Accepted : CheckResult.Wrong(_difference);
    }

    protected virtual bool AreEqual(ReadOnlySpan<byte> wanted, ReadOnlySpan<byte> word) => wanted.SequenceEqual(word);

    private void Hold(ReadOnlySpan<byte> part)
    {
        if (_open.WrittenCount + part.Length > expected.Length + Slack)
        {
            _difference ??= $"Word {_count + 1} is longer than all that was expected.";
            return;
        }

        _open.Write(part);
    }

    private void EndOpen()
    {
        if (_difference is null)
        {
            CompareUnlessEmpty(_open.WrittenSpan);
        }

        _open.ResetWrittenCount();
    }

    private void CompareUnlessEmpty(ReadOnlySpan<byte> word)
    {
        if (word.IsEmpty)
        {
            return;
        }

        _count++;
        ReadOnlySpan<byte> wanted = NextExpected();
        if (wanted.IsEmpty)
        {
            _difference = $"Word {_count} is one too many.";
        }
        else if (!AreEqual(wanted, word))
        {
            _difference = $"Word {_count} differs.";
        }
    }

    private ReadOnlySpan<byte> NextExpected()
    {
        ReadOnlySpan<byte> rest = expected.Span[_at..];
        int start = rest.IndexOfAnyExcept(WhiteSpace.Values);
        if (start < 0)
        {
            _at = expected.Length;
            return [];
        }

        int length = rest[start..].IndexOfAny(WhiteSpace.Values);
        length = length < 0 ? rest.Length - start : length;
        _at += start + length;
        return rest.Slice(start, length);
    }
}
