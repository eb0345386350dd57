using System.Buffers;

namespace CodeExec.Core.Grading.Checking;

/// <summary>Line by line, without white space at the ends of lines and without empty lines at the end.</summary>
internal sealed class TrimmedCheck : OutputCheck
{
    private readonly byte[] _expected;
    private readonly ArrayBufferWriter<byte> _spaces = new();
    private int _at;
    private long _newLines;
    private long _line = 1;
    private bool _differs;

    public TrimmedCheck(ReadOnlyMemory<byte> expected)
    {
        List<byte> canonical = new(expected.Length);
        Walk(expected.Span, ref _newLines, _spaces, canonical.Add);
        _expected = [.. canonical];
        _newLines = 0;
        _spaces.ResetWrittenCount();
    }

    public override void Add(ReadOnlySpan<byte> output)
    {
        if (!_differs)
        {
            Walk(output, ref _newLines, _spaces, Compare);
        }
    }

    public override CheckResult Complete()
        => _differs ? CheckResult.Wrong($"Line {_line} differs.")
            : _at < _expected.Length ? CheckResult.Wrong($"Ends in line {_line}; more was expected.")
            : CheckResult.Accepted;

    private void Compare(byte b)
    {
        _differs |= _at >= _expected.Length || _expected[_at] != b;
        if (!_differs)
        {
            _at++;
            _line += b == (byte)'\n' ? 1 : 0;
        }
    }

    // White space is passed on only when something follows it in its line, and ends of lines only when another line does.
    private static void Walk(ReadOnlySpan<byte> bytes, ref long newLines, ArrayBufferWriter<byte> spaces, Action<byte> pass)
    {
        foreach (byte b in bytes)
        {
            if (b == (byte)'\n')
            {
                newLines++;
                spaces.ResetWrittenCount();
            }
            else if (WhiteSpace.Is(b))
            {
                spaces.Write([b]);
            }
            else
            {
                for (; newLines > 0; newLines--)
                {
                    pass((byte)'\n');
                }

                foreach (byte space in spaces.WrittenSpan)
                {
                    pass(space);
                }

                spaces.ResetWrittenCount();
                pass(b);
            }
        }
    }
}
