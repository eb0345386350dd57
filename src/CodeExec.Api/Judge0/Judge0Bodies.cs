using System.Buffers;
using System.Text.Json;
using CodeExec.Api.Hosting;
using CodeExec.Api.Problems;
using CodeExec.Api.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;

namespace CodeExec.Api.Judge0;

/// <summary>Bodies as Judge0 takes them: JSON, or a form with the same attributes.</summary>
internal sealed class Judge0Bodies(JsonBodyReader bodies, IOptions<ApiOptions> options)
{
    private const int MostAttributes = 64;

    /// <exception cref="RequestRefusedException">400, 413 or 415.</exception>
    public async Task<JsonBody> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return await bodies.ReadAsync(context);
        }

        int most = options.Value.MaxBodyBytes;
        FormOptions limits = new() { BufferBodyLengthLimit = most, MultipartBodyLengthLimit = most, ValueLengthLimit = most, ValueCountLimit = MostAttributes };
        try
        {
            IFormCollection form = await new FormFeature(context.Request, limits).ReadFormAsync(context.RequestAborted);
            return form.Files.Count == 0 ? Body(form) : throw Malformed("Send additional_files as the text of a zip in Base64, not as a file.");
        }
        catch (InvalidDataException e)
        {
            throw Malformed($"The form can not be read: {e.Message}");
        }
    }

    private static JsonBody Body(IFormCollection form)
    {
        ArrayBufferWriter<byte> text = new(1024);
        using (Utf8JsonWriter json = new(text))
        {
            json.WriteStartObject();
            foreach (string name in form.Keys)
            {
                json.WriteString(name, form[name].ToString());
            }

            json.WriteEndObject();
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(text.WrittenCount);
        text.WrittenSpan.CopyTo(rented);
        return new JsonBody(rented, JsonDocument.Parse(rented.AsMemory(0, text.WrittenCount)));
    }

    private static RequestRefusedException Malformed(string detail) => new(new(ProblemTypes.MalformedBody, detail));
}
