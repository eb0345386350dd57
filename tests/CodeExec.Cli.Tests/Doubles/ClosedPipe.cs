namespace CodeExec.Cli.Tests.Doubles;

/// <summary>Standard output whose reader has gone.</summary>
internal sealed class ClosedPipe : MemoryStream
{
    public override void Write(byte[] buffer, int offset, int count) => throw new IOException("Broken pipe");

    public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("Broken pipe");
}
