using System.Buffers;

namespace CodeExec.Core.Grading.Running;

/// <summary>The beginning of an output.</summary>
internal sealed class OutputPreview(int most)
{
    private readonly ArrayBufferWriter<byte> _kept = new();

    public long Total { get; private set; }

    public bool IsCut => Total > _kept.WrittenCount;

    public ReadOnlySpan<byte> Bytes => _kept.WrittenSpan;

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        _kept.Write(bytes[..Math.Min(bytes.Length, most - _kept.WrittenCount)]);
    }

    public byte[] ToArray() => _kept.WrittenSpan.ToArray();
}
