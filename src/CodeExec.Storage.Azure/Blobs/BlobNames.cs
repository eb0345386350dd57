using System.IO.Compression;
using System.Text;
using CodeExec.Storage.Azure.Accounts;

namespace CodeExec.Storage.Azure.Blobs;

/// <summary>
/// What a key is called in a container. A name there has 1,024 characters at most and no segment that ends with a dot: a very long segment is
/// replaced by its hash (the key then stands in the blob's metadata), a last dot by '~', which no key has.
/// </summary>
internal static class BlobNames
{
    private const int LongestSegment = 200;
    private const int LongestName = 1024;
    private const string Hashed = "~h";
    private const string KeyInMetadata = "key";

    public static string Of(string key)
    {
        string name = string.Join('/', key.Split('/').Select(SegmentOf));
        return name.Length <= LongestName
            ? name
            : throw new ArgumentException($"The key has {key.Split('/').Length} segments and is too long for Azure even so.", nameof(key));
    }

    /// <returns>Null where the name says it all.</returns>
    public static IDictionary<string, string>? MetadataOf(string key, string name)
        => name.Contains(Hashed, StringComparison.Ordinal) ? new Dictionary<string, string> { [KeyInMetadata] = Pack(key) } : null;

    public static string KeyOf(string name, IDictionary<string, string>? metadata)
        => metadata is not null && metadata.TryGetValue(KeyInMetadata, out string? packed) ? Unpack(packed) : name.Replace('~', '.');

    private static string SegmentOf(string segment)
        => segment.Length > LongestSegment ? Hashed + TableKeys.Hash(segment)
            : segment.EndsWith('.') ? segment[..^1] + '~'
            : segment;

    // Metadata travel in headers, 8 KB at most: keys are hexadecimal for the most part and shrink well.
    private static string Pack(string key)
    {
        using MemoryStream packed = new();
        using (BrotliStream brotli = new(packed, CompressionLevel.SmallestSize))
        {
            brotli.Write(Encoding.ASCII.GetBytes(key));
        }
        return Convert.ToBase64String(packed.ToArray());
    }

    private static string Unpack(string packed)
    {
        using BrotliStream brotli = new(new MemoryStream(Convert.FromBase64String(packed)), CompressionMode.Decompress);
        using StreamReader reader = new(brotli, Encoding.ASCII);
        return reader.ReadToEnd();
    }
}
