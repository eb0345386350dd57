namespace CodeExec.Core.Grading.Checking;

/// <summary>Looks for what is expected, without white space around it, anywhere in the output. Holds no more than that much of it.</summary>
internal sealed class ContainsCheck : OutputCheck
{
    private readonly byte[] _wanted;
    private byte[] _tail = [];
    private bool _found;

    public ContainsCheck(ReadOnlyMemory<byte> expected)
    {
        _wanted = WhiteSpace.Trim(expected.Span).ToArray();
        _found = _wanted.Length == 0;
    }

    public override void Add(ReadOnlySpan<byte> output)
    {
        if (_found)
        {
            return;
        }

        byte[] all = [.. _tail, .. output];
        _found = all.AsSpan().IndexOf(_wanted) >= 0;
        _tail = all[Math.Max(0, all.Length - _wanted.Length + 1)..];
    }

    public override CheckResult Complete() => _found ? CheckResult.Accepted : CheckResult.Wrong("The expected text does not stand in the output.");
}
