namespace CodeExec.Core.Grading;

/// <summary>Bytes of a test: beside it while they are few, in a blob when they are many.</summary>
/// <param name="Inline">Null when <paramref name="Blob"/> has them.</param>
/// <param name="Blob">The key of the blob.</param>
public sealed record TestData(byte[]? Inline, string? Blob, long SizeBytes)
{
    /// <summary>The most that stands in a record.</summary>
    public const int MostInline = 4 * 1024;

    public static readonly TestData Empty = Of([]);

    public static TestData Of(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return new(bytes, null, bytes.Length);
    }
}
