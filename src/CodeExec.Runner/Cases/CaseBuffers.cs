namespace CodeExec.Runner.Cases;

/// <summary>What the two streams of a running case are read into; handed from one case to the next.</summary>
internal sealed class CaseBuffers
{
    public byte[] Stdout { get; } = GC.AllocateUninitializedArray<byte>(OutputCapture.BufferSize);

    public byte[] Stderr { get; } = GC.AllocateUninitializedArray<byte>(OutputCapture.BufferSize);
}
