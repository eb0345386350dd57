namespace CodeExec.Core.Grading.Running;

/// <summary>The beginning of an output.</summary>
internal sealed class OutputPreview(int most)
{
    private readonly MemoryStream _kept = new();

    public long Total { get; private set; }

    public bool IsCut => Total > _kept.Length;

    public ReadOnlySpan<byte> Bytes => _kept.GetBuffer().AsSpan(0, (int)_kept.Length);

    public void Add(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        _kept.Write(bytes[..(int)Math.Min(bytes.Length, most - _kept.Length)]);
    }

    public byte[] ToArray() => _kept.ToArray();
}
