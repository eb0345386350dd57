namespace CodeExec.Containers.Docker.Tests.Engine;

/// <summary>Gives its content in pieces of so many bytes at most, as a socket may.</summary>
internal sealed class PiecewiseStream(byte[] content, int piece) : MemoryStream(content)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
}
