namespace CodeExec.Core.Grading.Checking;

/// <summary>Byte for byte.</summary>
internal sealed class ExactCheck(ReadOnlyMemory<byte> expected) : OutputCheck
{
    private long _at;
    private bool _differs;

    public override void Add(ReadOnlySpan<byte> output)
    {
        if (_differs)
        {
            return;
        }

        ReadOnlySpan<byte> rest = expected.Span[(int)_at..];
        int same = output.CommonPrefixLength(rest);
        _at += same;
        _differs = same < output.Length;
    }

    public override CheckResult Complete()
        => _differs ? CheckResult.Wrong($"Differs from the byte at {_at} on.")
            : _at < expected.Length ? CheckResult.Wrong($"Ends after {_at} bytes; more was expected.")
            : CheckResult.Accepted;
}
