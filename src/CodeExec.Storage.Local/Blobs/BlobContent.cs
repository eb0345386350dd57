namespace CodeExec.Storage.Local.Blobs;

/// <summary>Where the bytes of a blob are.</summary>
/// <param name="File">Name of the file that holds them; null when <paramref name="Bytes"/> are they.</param>
internal sealed record BlobContent(long Size, string? File, byte[]? Bytes);
