using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CodeExec.Api.Executions;
using CodeExec.Core.Executions;
using CodeExec.Core.Executions.Results;
using CodeExec.Core.Storage;
using Microsoft.AspNetCore.Http;

namespace CodeExec.Api.Judge0;

/// <summary>Shows executions as Judge0 would.</summary>
internal sealed class Judge0Answers(IExecutionStore store, IBlobStore blobs, OutputInOrder output, Judge0Languages languages)
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsBase64(HttpContext context) => context.Request.Query["base64_encoded"] == "true";

    /// <param name="statusIfNoText">Of an answer that can only be given as Base64.</param>
    public async Task WriteAsync(HttpContext context, int status, ExecutionRecord record, bool base64, int statusIfNoText)
    {
        Judge0Fields fields = Judge0Fields.Read(context.Request);
        Judge0Facts facts = await FactsAsync(record, fields.NeedSpec, context.RequestAborted);
        await WriteAsync(context, status, statusIfNoText, statusIfNoText == status ? Judge0Submission.TokenOf(record.Id) : null, json => fields.Write(json, facts, base64));
    }

    /// <param name="records">Null where there is none of a token.</param>
    public async Task WriteAsync(HttpContext context, IReadOnlyList<ExecutionRecord?> records, bool base64)
    {
        Judge0Fields fields = Judge0Fields.Read(context.Request);
        List<Judge0Facts?> all = [];
        foreach (ExecutionRecord? record in records)
        {
            all.Add(record is null ? null : await FactsAsync(record, fields.NeedSpec, context.RequestAborted));
        }

        await WriteAsync(context, StatusCodes.Status200OK, StatusCodes.Status400BadRequest, null, json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("submissions");
            foreach (Judge0Facts? facts in all)
            {
                if (facts is null)
                {
                    json.WriteNullValue();
                }
                else
                {
                    fields.Write(json, facts, base64);
                }
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public static async Task WriteAsync(HttpContext context, int status, int statusIfNoText, string? token, Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> body = new(1024);
        try
        {
            using Utf8JsonWriter json = new(body, Json);
            write(json);
        }
        catch (NotUtf8Exception)
        {
            (status, body) = (statusIfNoText, new ArrayBufferWriter<byte>(256));
            using Utf8JsonWriter json = new(body, Json);
            json.WriteStartObject();
            json.WriteString("error", "some attributes for this submission cannot be converted to UTF-8, use base64_encoded=true query parameter");
            if (token is not null)
            {
                json.WriteString("token", token);
            }

            json.WriteEndObject();
        }

        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    /// <summary>The usual attributes, in Base64, for somebody who does not ask.</summary>
    public async Task<string> TextAsync(ExecutionRecord record, CancellationToken cancellationToken)
    {
        Judge0Facts facts = await FactsAsync(record, withSpec: false, cancellationToken);
        ArrayBufferWriter<byte> body = new(1024);
        using (Utf8JsonWriter json = new(body, Json))
        {
            Judge0Fields.Usual.Write(json, facts, base64: true);
        }

        return Encoding.UTF8.GetString(body.WrittenSpan);
    }

    private async Task<Judge0Facts> FactsAsync(ExecutionRecord record, bool withSpec, CancellationToken cancellationToken)
    {
        byte[] stdout = await BytesAsync(record.Run?.Stdout, cancellationToken), stderr = await BytesAsync(record.Run?.Stderr, cancellationToken);
        byte[] compiled = record.Compile is { } compile
            ? await InOrderAsync(record, "compile", await BytesAsync(compile.Stdout, cancellationToken), await BytesAsync(compile.Stderr, cancellationToken), cancellationToken)
            : [];
        if (Judge0Submission.IsMerged(record) && stderr.Length > 0)
        {
            (stdout, stderr) = (await InOrderAsync(record, "run", stdout, stderr, cancellationToken), []);
        }

        int language = Judge0Submission.LanguageOf(record) ?? 0;
        ExecutionSpec? spec = withSpec ? await store.FindSpecAsync(record.Id, cancellationToken) : null;
        return new Judge0Facts(record, spec, stdout, stderr, compiled, language, languages.NameOf(language));
    }

    private async Task<byte[]> InOrderAsync(ExecutionRecord record, string step, byte[] stdout, byte[] stderr, CancellationToken cancellationToken)
        => Encoding.UTF8.GetBytes(await output.ReadAsync(record, step, Encoding.UTF8.GetString(stdout), Encoding.UTF8.GetString(stderr), cancellationToken));

    private async Task<byte[]> BytesAsync(CapturedOutput? captured, CancellationToken cancellationToken)
    {
        if (captured?.Blob is not { } key || await blobs.OpenReadAsync(key, cancellationToken) is not { } stored)
        {
            return Encoding.UTF8.GetBytes(captured?.Text ?? "");
        }

        await using (stored)
        {
            using MemoryStream all = new();
            await stored.CopyToAsync(all, cancellationToken);
            return all.ToArray();
        }
    }
}
