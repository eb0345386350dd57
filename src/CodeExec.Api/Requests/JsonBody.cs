using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace CodeExec.Api.Requests;

/// <summary>A body that has been read and parsed. Its memory is rented: dispose it.</summary>
internal sealed class JsonBody(byte[] rented, JsonDocument document) : IDisposable
{
    public JsonElement Root => document.RootElement;

    /// <summary>The same for all spellings of one request: white space and the order of members do not count.</summary>
    /// <param name="scope">What the body was sent to, so that one key can not stand for two kinds of request.</param>
    public string Fingerprint(string scope)
    {
        ArrayBufferWriter<byte> canonical = new(1024);
        using (Utf8JsonWriter writer = new(canonical))
        {
            writer.WriteStartArray();
            writer.WriteStringValue(scope);
            CanonicalJson.Write(writer, Root);
            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(canonical.WrittenSpan));
    }

    public void Dispose()
    {
        document.Dispose();
        ArrayPool<byte>.Shared.Return(rented, clearArray: true); // it may have held secrets
    }
}
