using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;

namespace CodeExec.Api.Requests;

/// <summary>Reads bodies, and refuses what is not small, plain UTF-8 JSON with one meaning.</summary>
internal sealed class JsonBodyReader(IOptions<ApiOptions> options)
{
    /// <summary>Deeper than any request of ours, and shallow enough for every stack.</summary>
    private const int MaxDepth = 32;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = MaxDepth, AllowDuplicateProperties = false };

    private readonly int _maxBytes = options.Value.MaxBodyBytes;

    /// <exception cref="RequestRefusedException">400, 413 or 415.</exception>
    public async Task<JsonBody> ReadAsync(HttpContext context)
    {
        if (!IsJson(context.Request))
        {
            throw new RequestRefusedException(new(ProblemTypes.UnsupportedMediaType, "Send JSON in UTF-8, with 'Content-Type: application/json'."));
        }

        RefuseEncoded(context.Request);
        if (context.Request.ContentLength > _maxBytes)
        {
            throw TooLarge();
        }

        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } serverLimit)
        {
            serverLimit.MaxRequestBodySize = _maxBytes;
        }

        (byte[] buffer, int length) = await ReadBytesAsync(context);
        try
        {
            return new(buffer, Parse(buffer.AsMemory(0, length)));
        }
        catch (RequestRefusedException)
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }
    }

    public static bool IsJson(HttpRequest request)
        => MediaTypeHeaderValue.TryParse(request.ContentType, out MediaTypeHeaderValue? type)
            && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || (type.Type.Equals("application", StringComparison.OrdinalIgnoreCase) && type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)))
            && (type.Charset.Length == 0 || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase) || type.Charset.Equals("\"utf-8\"", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="RequestRefusedException">415.</exception>
    public static void RefuseEncoded(HttpRequest request)
    {
        string? encoding = request.Headers.ContentEncoding;
        if (!string.IsNullOrEmpty(encoding) && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase))
        {
            throw new RequestRefusedException(new(ProblemTypes.UnsupportedMediaType, "Send the body as it is, without a Content-Encoding."));
        }
    }

    private async Task<(byte[] Buffer, int Length)> ReadBytesAsync(HttpContext context)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Max(context.Request.ContentLength ?? 4096, 16) + 1);
        int length = 0;
        try
        {
            while (true)
            {
                int read = await context.Request.Body.ReadAsync(buffer.AsMemory(length), context.RequestAborted);
                if (read == 0)
                {
                    return (buffer, length);
                }

                length += read;
                if (length > _maxBytes)
                {
                    throw TooLarge();
                }

                if (length == buffer.Length)
                {
                    buffer = Grow(buffer);
                }
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
            throw;
        }
    }

    private static byte[] Grow(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer, clearArray: true);
        return larger;
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            throw Malformed("The body is empty; it must be a JSON object.");
        }

        if (!Utf8.IsValid(body.Span))
        {
            throw Malformed("The body is not valid UTF-8.");
        }

        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(body, Strict);
        }
        catch (JsonException e)
        {
            throw Malformed($"The body is not JSON that can be read with one meaning: look near line {(e.LineNumber ?? 0) + 1}, byte {(e.BytePositionInLine ?? 0) + 1}. Members may stand only once, and nothing may be nested deeper than {MaxDepth}.");
        }
        catch (InvalidOperationException)
        {
            throw Malformed("The name of a member is not valid text: an escape stands for half a character.");
        }

        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            document.Dispose();
            throw Malformed("The body must be a JSON object.");
        }

        return document;
    }

    private RequestRefusedException TooLarge() => new(new(ProblemTypes.BodyTooLarge, $"The body may have {_maxBytes} bytes at most."));

    private static RequestRefusedException Malformed(string detail) => new(new(ProblemTypes.MalformedBody, detail));
}
