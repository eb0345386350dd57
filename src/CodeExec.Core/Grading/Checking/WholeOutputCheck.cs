using System.Buffers;

namespace CodeExec.Core.Grading.Checking;

/// <summary>A check that must see the output as a whole: it is kept, up to a bound.</summary>
internal abstract class WholeOutputCheck : OutputCheck
{
    private const int MostBytes = 16 << 20;

    private readonly ArrayBufferWriter<byte> _output = new();
    private bool _tooLarge;

    protected virtual int Most => MostBytes;

    public sealed override void Add(ReadOnlySpan<byte> output)
    {
        _tooLarge |= _output.WrittenCount + output.Length > Most;
        if (!_tooLarge)
        {
            _output.Write(output);
        }
    }

    public sealed override CheckResult Complete()
        => _tooLarge ? new CheckResult(Verdict.OutputLimit, 0, $"This checker reads {Most} bytes of output at most.") : Check(_output.WrittenMemory);

    protected abstract CheckResult Check(ReadOnlyMemory<byte> output);
}
